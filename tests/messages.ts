// Unit tests speak both languages at once: their words are there before any test.
import { LATER, LOCALES, loadLocale, loadWords } from "../www/i18n.js";

await Promise.all(LOCALES.map(loadLocale));
await loadWords(...LATER);
