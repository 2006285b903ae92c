//! Numbers as bytes, least significant first, and back: what workers send.

/// Appends numbers.
pub fn put<T: Copy, const N: usize>(bytes: &mut Vec<u8>, numbers: &[T], to_bytes: impl Fn(T) -> [u8; N]) {
    let start = bytes.len();
    bytes.resize(start + N * numbers.len(), 0);
    let (places, _) = bytes[start..].as_chunks_mut();
    places.iter_mut().zip(numbers).for_each(|(place, number)| *place = to_bytes(*number));
}

/// The bytes of the next number, and moves on; `None` where they end before it.
pub fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = bytes.split_first_chunk()?;
    *bytes = tail;
    Some(*head)
}

/// The next so many numbers; `None`, and no memory taken for them, where the bytes end before.
pub fn take_all<T, const N: usize>(bytes: &mut &[u8], count: usize, from_bytes: fn([u8; N]) -> T) -> Option<Vec<T>> {
    let (head, tail) = bytes.split_at_checked(count.checked_mul(N)?)?;
    *bytes = tail;
    let (numbers, _) = head.as_chunks();
    Some(numbers.iter().map(|number| from_bytes(*number)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn what_is_put_is_taken() {
        let mut bytes = Vec::new();
        put(&mut bytes, &[7_u32, u32::MAX], u32::to_le_bytes);
        put(&mut bytes, &[-3_i64], i64::to_le_bytes);
        assert_eq!(bytes.len(), 16);
        assert_eq!(bytes[..4], [7, 0, 0, 0]);
        let mut rest = &bytes[..];
        assert_eq!(take_all(&mut rest, 2, u32::from_le_bytes), Some(vec![7, u32::MAX]));
        assert_eq!(take(&mut rest).map(i64::from_le_bytes), Some(-3));
        assert!(rest.is_empty());
    }

    #[test]
    fn what_is_not_there_is_not_taken() {
        let bytes = [1, 2, 3, 4, 5, 6, 7];
        let mut rest = &bytes[..];
        assert_eq!(take_all(&mut rest, 2, u32::from_le_bytes), None);
        assert_eq!(take_all(&mut rest, usize::MAX, u32::from_le_bytes), None);
        assert_eq!(take::<8>(&mut rest), None);
        assert_eq!(rest.len(), 7);
    }
}
