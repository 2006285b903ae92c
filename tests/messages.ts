// Unit tests speak both languages at once: their words are there before any test.
import { LOCALES, loadLocale } from "../www/i18n.js";

await Promise.all(LOCALES.map(loadLocale));
