//! Headers to fields: by known names, then by words, and as the reader corrects it.

use super::currency::is_currency_code;
use super::fold::fold;
use super::synonyms::{NAMES, OTHER_WORDS, PREFIXES};
use super::types::{ColumnMapping, Crm, CsvField, HeaderLanguage, MatchedBy};
use std::collections::BTreeMap;

/// A header and what it was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Match {
    /// What the column means.
    pub field: CsvField,
    /// How that was found.
    pub by: MatchedBy,
}

/// The columns of a header row.
#[derive(Debug)]
pub(super) struct Header {
    /// Per column, the match.
    pub columns: Vec<Option<Match>>,
    by_field: BTreeMap<CsvField, usize>,
    /// Columns that name a field which another column gives.
    pub second: Vec<(usize, CsvField)>,
    /// Language.
    pub language: HeaderLanguage,
    /// Program that wrote it.
    pub crm: Crm,
}

impl Header {
    /// The column that gives a field.
    pub fn column(&self, field: CsvField) -> Option<usize> {
        self.by_field.get(&field).copied()
    }
}

/// A known name: field, rank among the field's names, whether English, French.
#[derive(Clone, Copy)]
struct Known {
    field: CsvField,
    rank: usize,
    en: bool,
    fr: bool,
}

fn exact(name: &str) -> Option<Known> {
    for names in &NAMES {
        let en = names.en.iter().position(|known| *known == name);
        let fr = names.fr.iter().position(|known| *known == name);
        if let Some(rank) = en.into_iter().chain(fr).min() {
            return Some(Known { field: names.field, rank, en: en.is_some(), fr: fr.is_some() });
        }
    }
    None
}

/// Looks a folded header up: as it is, without a currency code at its end, without the prefix of an export.
fn known(name: &str) -> Option<Known> {
    let plain = match name.rsplit_once(' ') {
        Some((front, code)) if is_currency_code(code) => front,
        _ => name,
    };
    exact(name)
        .or_else(|| exact(plain))
        .or_else(|| PREFIXES.iter().find_map(|prefix| plain.strip_prefix(prefix).and_then(exact)))
}

/// A field that words of a header speak of.
fn by_words(name: &str) -> Option<CsvField> {
    let words: Vec<&str> = name.split(' ').collect();
    let has = |any: &[&str]| any.iter().any(|word| words.contains(word));
    if has(&OTHER_WORDS) {
        return None;
    }
    let closing = ["close", "closing", "cloture", "fermeture", "signature", "conclusion", "echeance"];
    let deal = ["deal", "opportunity", "opportunite", "affaire", "transaction", "project", "projet", "dossier"];
    if has(&["date"]) && has(&closing) {
        Some(CsvField::CloseDate)
    } else if has(&["probability", "probabilite", "proba"]) {
        Some(CsvField::Probability)
    } else if has(&["amount", "montant", "acv", "tcv", "arr", "value", "valeur"]) {
        Some(CsvField::Amount)
    } else if has(&["stage", "etape", "phase"]) {
        Some(CsvField::Stage)
    } else if has(&["owner", "proprietaire", "commercial"]) {
        Some(CsvField::Owner)
    } else if has(&["name", "nom", "title", "titre", "intitule"]) && has(&deal) {
        Some(CsvField::Name)
    } else {
        None
    }
}

/// How many different fields the cells of a row name: tells a header row from others.
pub(super) fn score<'a>(cells: impl Iterator<Item = &'a str>) -> usize {
    let cells = cells.take(super::MAXIMUM_COLUMNS);
    let mut fields: Vec<CsvField> = cells.filter_map(|cell| known(&fold(cell)).map(|found| found.field)).collect();
    fields.sort_unstable();
    fields.dedup();
    fields.len()
}

/// Matches the headers with fields; each field takes one column, the best named and first.
pub(super) fn read(headers: &[&str], mapping: &[ColumnMapping]) -> Header {
    let folded: Vec<String> = headers.iter().map(|header| fold(header)).collect();
    let found: Vec<Option<Known>> = folded.iter().map(|name| known(name)).collect();
    let mut columns: Vec<Option<Match>> = vec![None; headers.len()];
    let mut fixed = vec![false; headers.len()];
    for correction in mapping {
        let Some(index) = (correction.column as usize).checked_sub(1).filter(|&index| index < headers.len()) else {
            continue;
        };
        // A later correction of the same field takes it away from the earlier column.
        for column in &mut columns {
            if column.is_some_and(|taken| Some(taken.field) == correction.field) {
                *column = None;
            }
        }
        columns[index] = correction.field.map(|field| Match { field, by: MatchedBy::Mapping });
        fixed[index] = true;
    }
    let taken = |columns: &[Option<Match>], field| columns.iter().flatten().any(|found| found.field == field);
    let mut second = Vec::new();
    for names in &NAMES {
        let mut candidates: Vec<(usize, usize)> = found
            .iter()
            .enumerate()
            .filter(|(index, found)| !fixed[*index] && found.is_some_and(|found| found.field == names.field))
            .filter_map(|(index, found)| found.map(|found| (found.rank, index)))
            .collect();
        candidates.sort_unstable();
        let mut candidates = candidates.into_iter();
        if !taken(&columns, names.field)
            && let Some((_, index)) = candidates.next()
        {
            columns[index] = Some(Match { field: names.field, by: MatchedBy::Header });
        }
        second.extend(candidates.map(|(_, index)| (index, names.field)));
    }
    for (index, name) in folded.iter().enumerate() {
        if columns[index].is_none()
            && !fixed[index]
            && found[index].is_none()
            && let Some(field) = by_words(name)
            && !taken(&columns, field)
        {
            columns[index] = Some(Match { field, by: MatchedBy::HeaderWord });
        }
    }
    second.sort_unstable();
    let fields = columns.iter().enumerate();
    let by_field = fields.filter_map(|(index, found)| found.map(|found| (found.field, index))).collect();
    Header { columns, by_field, second, language: language(&found), crm: crm(headers, &folded) }
}

fn language(found: &[Option<Known>]) -> HeaderLanguage {
    let count = |fr: bool| found.iter().flatten().filter(|name| name.en != name.fr && name.fr == fr).count();
    if count(true) > count(false) { HeaderLanguage::Fr } else { HeaderLanguage::En }
}

fn crm(headers: &[&str], folded: &[String]) -> Crm {
    const HUBSPOT: [&str; 9] = [
        "record id",
        "deal name",
        "deal stage",
        "deal owner",
        "create date",
        "nom de la transaction",
        "phase de la transaction",
        "proprietaire de la transaction",
        "id de fiche d informations",
    ];
    const SALESFORCE: [&str; 6] = [
        "opportunity name",
        "opportunity owner",
        "opportunity id",
        "nom de l opportunite",
        "proprietaire de l opportunite",
        "id de l opportunite",
    ];
    const SALESFORCE_TOO: [&str; 8] = [
        "account name",
        "forecast category",
        "lead source",
        "fiscal period",
        "nom du compte",
        "categorie de prevision",
        "origine de la piste",
        "periode fiscale",
    ];
    let count = |names: &[&str]| folded.iter().filter(|name| names.contains(&name.as_str())).count();
    let prefixed = headers
        .iter()
        .filter(|header| ["Deal - ", "Affaire - "].iter().any(|prefix| header.trim().starts_with(prefix)));
    if prefixed.count() >= 2 {
        Crm::Pipedrive
    } else if count(&HUBSPOT) >= 2 {
        Crm::Hubspot
    } else if count(&SALESFORCE) >= 1 && count(&SALESFORCE) + count(&SALESFORCE_TOO) >= 2 {
        Crm::Salesforce
    } else {
        Crm::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use CsvField::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn fields(headers: &[&str]) -> Vec<Option<CsvField>> {
        read(headers, &[]).columns.iter().map(|column| column.map(|found| found.field)).collect()
    }

    #[test]
    fn names_are_folded_and_belong_to_one_field() {
        let mut all: Vec<(&str, CsvField)> = Vec::new();
        for names in &NAMES {
            for name in names.en.iter().chain(names.fr) {
                assert_eq!(fold(name), *name);
                assert!(all.iter().all(|(other, field)| other != name || *field == names.field), "{name}");
                all.push((name, names.field));
            }
        }
    }

    #[test]
    fn reads_single_headers() {
        let cases = [
            ("Opportunity Name", Some(Name)),
            ("Nom de l’opportunité", Some(Name)),
            ("NOM DE LA TRANSACTION", Some(Name)),
            ("Deal - Title*", Some(Name)),
            ("Affaire - Titre", Some(Name)),
            ("Amount (EUR)", Some(Amount)),
            ("Montant (€)", Some(Amount)),
            ("Deal - Value", Some(Amount)),
            ("Montant annuel HT", Some(Amount)),
            ("Deal - Currency of Value", Some(Currency)),
            ("Deal - Currency of Weighted value", None),
            ("Weighted amount", None),
            ("Montant pondéré", None),
            ("Expected Revenue", None),
            ("Close Date", Some(CloseDate)),
            ("Date de fermeture", Some(CloseDate)),
            ("Affaire - Date de clôture prévue", Some(CloseDate)),
            ("Date de signature estimée", Some(CloseDate)),
            ("Deal - Stage (pipeline)", Some(Stage)),
            ("Étape", Some(Stage)),
            ("Étape suivante", None),
            ("Next Step", None),
            ("Probability (%)", Some(Probability)),
            ("Probabilité (%)", Some(Probability)),
            ("Deal - Status", Some(Status)),
            ("ID de fiche d'informations", Some(DealId)),
            ("Catégorie de prévision", Some(super::CsvField::ForecastCategory)),
            ("Closed Lost Reason", None),
            ("Last Activity Date", None),
            ("Organization - Owner", None),
            ("MEDDIC - Champion", Some(Champion)),
            ("", None),
        ];
        for (header, expected) in cases {
            assert_eq!(fields(&[header]), [expected], "{header}");
        }
    }

    #[test]
    fn the_best_name_wins_and_the_other_is_told() {
        let header = read(&["Type", "Amount (converted)", "Amount", "Segment"], &[]);
        assert_eq!(header.column(Amount), Some(2));
        assert_eq!(header.column(Segment), Some(3));
        assert_eq!(header.second, [(0, Segment), (1, Amount)]);
    }

    #[test]
    fn mapping_corrects() {
        let set = |column, field| ColumnMapping { column, field };
        let mapping = [set(1, Some(Amount)), set(2, None), set(9, Some(Owner)), set(0, Some(Owner))];
        let header = read(&["Budget", "Amount", "Close Date"], &mapping);
        assert_eq!(header.column(Amount), Some(0));
        assert_eq!(header.columns[1], None);
        assert_eq!(header.column(CloseDate), Some(2));
        let header = read(&["a", "b"], &[set(1, Some(Amount)), set(2, Some(Amount))]);
        assert_eq!(header.columns.iter().map(|c| c.map(|m| m.field)).collect::<Vec<_>>(), [None, Some(Amount)]);
    }

    #[test]
    fn tells_language_and_program() {
        let cases: [(&[&str], HeaderLanguage, Crm); 6] = [
            (&["Opportunity Name", "Amount", "Stage", "Account Name"], HeaderLanguage::En, Crm::Salesforce),
            (&["Nom de l'opportunité", "Montant", "Étape", "Nom du compte"], HeaderLanguage::Fr, Crm::Salesforce),
            (&["Record ID", "Deal Name", "Amount"], HeaderLanguage::En, Crm::Hubspot),
            (&["ID de fiche d'informations", "Nom de la transaction"], HeaderLanguage::Fr, Crm::Hubspot),
            (&["Affaire - Titre", "Affaire - Valeur"], HeaderLanguage::Fr, Crm::Pipedrive),
            (&["Client", "Montant", "Échéance"], HeaderLanguage::Fr, Crm::Unknown),
        ];
        for (headers, language, crm) in cases {
            let header = read(headers, &[]);
            assert_eq!((header.language, header.crm), (language, crm), "{headers:?}");
        }
    }
}
