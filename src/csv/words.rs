//! Words of the cells, in English and French: answers, outcomes, forecast categories, report footers.

use super::fold::fold;
use crate::scenario::open_pipeline::{ForecastCategory, MeddicAnswer};

/// Whether a deal is still open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Still open.
    Open,
    /// Closed as won.
    Won,
    /// Closed as lost.
    Lost,
}

const YES: [&str; 17] = [
    "yes",
    "y",
    "true",
    "1",
    "x",
    "oui",
    "o",
    "vrai",
    "ok",
    "done",
    "met",
    "known",
    "identified",
    "identifie",
    "identifiee",
    "connu",
    "fait",
];
const NO: [&str; 13] = [
    "no",
    "n",
    "false",
    "0",
    "non",
    "faux",
    "none",
    "aucun",
    "missing",
    "manquant",
    "absent",
    "not met",
    "non identifie",
];
const UNKNOWN: [&str; 10] =
    ["unknown", "inconnu", "inconnue", "n a", "na", "partial", "partiel", "tbd", "a confirmer", "a definir"];

/// A yes or no.
pub(super) fn yes_no(text: &str) -> Option<bool> {
    if matches!(text.trim(), "✓" | "✔" | "☑" | "✅") {
        return Some(true);
    }
    if matches!(text.trim(), "✗" | "✘" | "☐" | "❌") {
        return Some(false);
    }
    let folded = fold(text);
    if YES.contains(&folded.as_str()) {
        Some(true)
    } else if NO.contains(&folded.as_str()) {
        Some(false)
    } else {
        None
    }
}

/// Answer to a MEDDIC question; nothing where the text is none.
pub(super) fn answer(text: &str) -> Option<MeddicAnswer> {
    match yes_no(text) {
        Some(true) => Some(MeddicAnswer::Yes),
        Some(false) => Some(MeddicAnswer::No),
        None if matches!(text.trim(), "?" | "-" | "–") || UNKNOWN.contains(&fold(text).as_str()) => {
            Some(MeddicAnswer::Unknown)
        }
        None => None,
    }
}

const WON: [&str; 8] = ["won", "gagne", "gagnee", "gagnes", "remporte", "remportee", "conclu", "conclue"];
const LOST: [&str; 8] = ["lost", "perdu", "perdue", "perdus", "abandonne", "abandonnee", "abandoned", "disqualified"];
const CLOSED: [&str; 8] = ["closed", "close", "ferme", "fermee", "cloture", "cloturee", "clos", "terminee"];

/// Outcome that a stage's name states: the outcome at its beginning (`Gagnée`, `Lost - price`), or
/// beside a word for closed (`Closed Won`, `Fermé - perdu`). A stage that speaks of winning or
/// losing elsewhere is open.
pub(super) fn stage_outcome(text: &str) -> Option<Outcome> {
    // HubSpot adds the pipeline: Closed won (Sales Pipeline).
    let plain = fold(text.split_once('(').map_or(text, |(front, _)| front));
    match plain.as_str() {
        "closedwon" => return Some(Outcome::Won),
        "closedlost" | "sans suite" | "classee sans suite" | "ferme sans suite" => return Some(Outcome::Lost),
        _ => {}
    }
    let words: Vec<&str> = plain.split(' ').collect();
    let closed = words.iter().take(2).position(|word| CLOSED.contains(word));
    let stating = match closed {
        Some(at) => words.iter().take(at + 3),
        None => words.iter().take(1),
    };
    let (mut won, mut lost) = (false, false);
    for word in stating {
        won |= WON.contains(word);
        lost |= LOST.contains(word);
    }
    // "Won or lost" says neither.
    let other = if won { LOST } else { WON };
    match (won, lost) {
        (true, false) if !words.iter().any(|word| other.contains(word)) => Some(Outcome::Won),
        (false, true) if !words.iter().any(|word| other.contains(word)) => Some(Outcome::Lost),
        _ => None,
    }
}

/// Outcome that a status states.
pub(super) fn status_outcome(text: &str) -> Option<Outcome> {
    const OPEN: [&str; 10] =
        ["open", "ouvert", "ouverte", "en cours", "active", "actif", "in progress", "new", "nouveau", "nouvelle"];
    if OPEN.contains(&fold(text).as_str()) { Some(Outcome::Open) } else { stage_outcome(text) }
}

/// What a forecast category says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Category {
    /// One of the model's categories.
    Open(ForecastCategory),
    /// Between best case and commit; the model has no such category.
    MostLikely,
    /// Closed as won: what forecasts call closed.
    Closed,
}

/// Reads a forecast category.
pub(super) fn category(text: &str) -> Option<Category> {
    use ForecastCategory::{BestCase, Commit, Omitted, Pipeline};
    Some(match fold(text).as_str() {
        "commit" | "committed" | "commitment" | "engagement" | "engage" | "engagee" | "valide" | "validee"
        | "confirme" | "confirmee" => Category::Open(Commit),
        "best case"
        | "bestcase"
        | "upside"
        | "meilleur scenario"
        | "meilleur cas"
        | "meilleur des cas"
        | "meilleur des scenarios"
        | "scenario optimiste"
        | "optimiste" => Category::Open(BestCase),
        "pipeline" | "open" | "en cours" => Category::Open(Pipeline),
        "omitted" | "omit" | "omis" | "omise" | "not forecasted" | "non prevu" | "non prevue" | "ignore"
        | "ignoree" | "exclu" | "exclue" => Category::Open(Omitted),
        "most likely" | "mostlikely" | "probable" | "le plus probable" | "plus probable" => Category::MostLikely,
        "closed" | "closed won" | "ferme" | "fermee" | "cloture" | "cloturee" | "conclu" | "conclue"
        | "ferme gagne" | "gagne" | "gagnee" => Category::Closed,
        _ => return None,
    })
}

/// Whether a lone cell is a closing line of a report.
pub(super) fn is_footer(text: &str) -> bool {
    const STARTS: [&str; 14] = [
        "copyright",
        "confidential information",
        "informations confidentielles",
        "information confidentielle",
        "generated by",
        "genere par",
        "filtered by",
        "filtre par",
        "filtres par",
        "filtre selon",
        "sorted by",
        "trie par",
        "as of ",
        "report generated",
    ];
    let folded = fold(text);
    STARTS.iter().any(|start| folded.starts_with(start)) || folded.contains("salesforce com inc")
}

/// Whether a cell is the title of a total or of a group, such as `Grand Totals (12 records)`,
/// `Sous-total` or `Stage: Proposal (3 records)`.
pub(super) fn is_total(text: &str) -> bool {
    if let Some((_, count)) = text.trim_end().strip_suffix(')').and_then(|front| front.rsplit_once('(')) {
        let words = fold(count);
        let unit = words.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        if unit.len() < words.len() && matches!(unit, "record" | "records" | "enregistrement" | "enregistrements") {
            return true;
        }
    }
    let plain = fold(text.split_once('(').map_or(text, |(front, _)| front));
    let plain = plain.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    matches!(
        plain,
        "total"
            | "totals"
            | "grand total"
            | "grand totals"
            | "subtotal"
            | "sub total"
            | "subtotals"
            | "total count"
            | "sum"
            | "count"
            | "total general"
            | "totaux"
            | "totaux generaux"
            | "sous total"
            | "sous totaux"
            | "somme"
            | "nombre"
            | "total records"
            | "nombre total"
            | "record count"
            | "nombre d enregistrements"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn reads_answers() {
        use MeddicAnswer::{No, Unknown, Yes};
        let cases = [
            ("Yes", Some(Yes)),
            ("OUI", Some(Yes)),
            ("x", Some(Yes)),
            ("1", Some(Yes)),
            ("✓", Some(Yes)),
            ("VRAI", Some(Yes)),
            ("no", Some(No)),
            ("Non", Some(No)),
            ("0", Some(No)),
            ("FALSE", Some(No)),
            ("?", Some(Unknown)),
            ("Inconnu", Some(Unknown)),
            ("met the CFO in May", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(answer(text), expected, "{text}");
        }
    }

    #[test]
    fn reads_outcomes() {
        use Outcome::{Lost, Open, Won};
        let cases = [
            ("Closed Won", Some(Won)),
            ("closedwon", Some(Won)),
            ("Closed won (Sales Pipeline)", Some(Won)),
            ("Fermé - gagné", Some(Won)),
            ("Clôturée gagnée", Some(Won)),
            ("Gagnée", Some(Won)),
            ("Fermée / Perdue", Some(Lost)),
            ("Closed Lost", Some(Lost)),
            ("Perdu", Some(Lost)),
            ("Sans suite", Some(Lost)),
            ("Fermé - perdu au profit d'un concurrent", Some(Lost)),
            ("Lost - price", Some(Lost)),
            ("Deal closed won", Some(Won)),
            ("Close to signature", None),
            ("Verbal agreement, not lost", None),
            ("Proposal", None),
            ("Negotiation to be won back", None),
            ("Closed", None),
            ("Won or lost", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(stage_outcome(text), expected, "{text}");
        }
        assert_eq!(status_outcome("En cours"), Some(Open));
        assert_eq!(status_outcome("open"), Some(Open));
        assert_eq!(status_outcome("won"), Some(Won));
        assert_eq!(status_outcome("???"), None);
    }

    #[test]
    fn reads_forecast_categories() {
        let cases = [
            ("Commit", Some(Category::Open(ForecastCategory::Commit))),
            ("Engagement", Some(Category::Open(ForecastCategory::Commit))),
            ("Best Case", Some(Category::Open(ForecastCategory::BestCase))),
            ("Meilleur scénario", Some(Category::Open(ForecastCategory::BestCase))),
            ("Pipeline", Some(Category::Open(ForecastCategory::Pipeline))),
            ("Omis", Some(Category::Open(ForecastCategory::Omitted))),
            ("Most Likely", Some(Category::MostLikely)),
            ("Closed", Some(Category::Closed)),
            ("Peut-être", None),
        ];
        for (text, expected) in cases {
            assert_eq!(category(text), expected, "{text}");
        }
    }

    #[test]
    fn recognises_the_end_of_a_report() {
        for text in [
            "Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved.",
            "Copyright © 2000-2026 salesforce.com, inc. Tous droits réservés.",
            "Confidential Information - Do Not Distribute",
            "Informations confidentielles - Ne pas diffuser",
            "Generated By:  Ada Moreau  31/03/2026 09:12",
        ] {
            assert!(is_footer(text), "{text}");
        }
        for text in [
            "Total",
            "Grand Totals (12 records)",
            "Sous-total",
            "Total général (8)",
            "Subtotal",
            "Stage: Proposal (3 records)",
        ] {
            assert!(is_total(text), "{text}");
        }
        for text in ["Total Energies renewal", "Copy centre", "Nombreux projets", ""] {
            assert!(!is_total(text) && !is_footer(text), "{text}");
        }
    }
}
