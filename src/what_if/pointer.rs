//! Where a change applies: JSON pointers with two steps of their own, `*` for every entry of a list and
//! `=name` for the entry with that identifier.

use crate::error::pointer_step;
use serde_json::Value;

/// Fields that identify the entries of the document's lists.
const IDENTIFIERS: [&str; 2] = ["deal_id", "stage"];

/// One step of a pointer, unescaped as RFC 6901 asks.
fn unescaped(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// The steps of a pointer; `None` where it is none, or names the whole document.
pub fn steps(pointer: &str) -> Option<Vec<String>> {
    Some(pointer.strip_prefix('/')?.split('/').map(unescaped).collect())
}

/// Whether an entry of a list has an identifier.
fn is_named(entry: &Value, name: &str) -> bool {
    IDENTIFIERS.iter().any(|field| entry.get(field).and_then(Value::as_str) == Some(name))
}

/// Places of a list that a step names.
fn places(list: &[Value], step: &str) -> Vec<usize> {
    match (step, step.strip_prefix('=')) {
        ("*", _) => (0..list.len()).collect(),
        (_, Some(name)) => (0..list.len()).filter(|place| is_named(&list[*place], name)).collect(),
        // As RFC 6901 writes numbers: no sign, no leading zero.
        _ => step
            .parse()
            .ok()
            .filter(|place: &usize| *place < list.len() && place.to_string() == step)
            .into_iter()
            .collect(),
    }
}

/// The objects and lists that hold a field, with the plain pointers of the field; the field itself may be absent.
pub fn resolve(document: &Value, steps: &[String]) -> Vec<String> {
    let mut found = vec![(String::new(), document)];
    let Some((last, parents)) = steps.split_last() else { return Vec::new() };
    for step in parents {
        found = found
            .into_iter()
            .flat_map(|(path, value)| -> Vec<(String, &Value)> {
                match value {
                    Value::Object(map) => {
                        map.get(step).map(|value| (pointer_step(&path, step), value)).into_iter().collect()
                    }
                    Value::Array(list) => {
                        places(list, step).into_iter().map(|place| (format!("{path}/{place}"), &list[place])).collect()
                    }
                    _ => Vec::new(),
                }
            })
            .collect();
    }
    found
        .into_iter()
        .flat_map(|(path, value)| match value {
            Value::Object(_) => vec![pointer_step(&path, last)],
            Value::Array(list) => places(list, last).into_iter().map(|place| format!("{path}/{place}")).collect(),
            _ => Vec::new(),
        })
        .collect()
}

/// Sets or removes what stands at a plain pointer whose parent is there.
pub fn put(document: &mut Value, pointer: &str, value: Option<Value>) {
    let Some((parent, last)) = pointer.rsplit_once('/') else { return };
    let last = unescaped(last);
    match (document.pointer_mut(parent), value) {
        (Some(Value::Object(map)), Some(value)) => {
            map.insert(last, value);
        }
        (Some(Value::Object(map)), None) => {
            map.remove(&last);
        }
        (Some(Value::Array(list)), Some(value)) => {
            if let Some(entry) = last.parse().ok().and_then(|place: usize| list.get_mut(place)) {
                *entry = value;
            }
        }
        (Some(Value::Array(list)), None) => {
            if let Some(place) = last.parse().ok().filter(|place: &usize| *place < list.len()) {
                list.remove(place);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn found(pointer: &str) -> Vec<String> {
        let document = json!({"a": {"deals": [{"deal_id": "X/1", "p": 1}, {"deal_id": "2"}, 7]}, "b": 3});
        resolve(&document, &steps(pointer).unwrap())
    }

    #[test]
    fn steps_lead_to_fields() {
        assert_eq!(found("/b"), ["/b"]);
        assert_eq!(found("/new"), ["/new"]);
        assert_eq!(found("/a/deals/0/p"), ["/a/deals/0/p"]);
        assert_eq!(found("/a/deals/*/p"), ["/a/deals/0/p", "/a/deals/1/p"]);
        assert_eq!(found("/a/deals/=X~11/p"), ["/a/deals/0/p"]);
        assert_eq!(found("/a/deals/=2"), ["/a/deals/1"]);
        for nowhere in
            ["/c/d", "/a/deals/3", "/a/deals/00/p", "/a/deals/-1/p", "/a/deals/=none/p", "/b/c", "/a/deals/+1"]
        {
            assert!(found(nowhere).is_empty(), "{nowhere}");
        }
        assert_eq!((steps(""), steps("b")), (None, None));
    }

    #[test]
    fn values_are_put_and_removed() {
        let mut document = json!({"a": [1, 2, 3], "b~/": 1});
        put(&mut document, "/a/1", Some(json!("new")));
        put(&mut document, "/b~0~1", Some(json!(2)));
        put(&mut document, "/c", Some(json!(null)));
        assert_eq!(document, json!({"a": [1, "new", 3], "b~/": 2, "c": null}));
        put(&mut document, "/a/0", None);
        put(&mut document, "/c", None);
        assert_eq!(document, json!({"a": ["new", 3], "b~/": 2}));
    }
}
