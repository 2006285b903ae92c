/**
 * Numbers as text, in the page's language, by `Intl`.
 *
 * A simulated figure shows as many digits as its standard error allows, no more: the last digit shown
 * stands for no less than the error (rounded to a power of ten, see {@link lastPlace}). The exact
 * forms are for tables, titles and files.
 */
import { locale, t } from "./i18n.js";

/** How a figure is shown. */
export interface Precision {
  /** Monte Carlo standard error of the figure, in its own unit; absent or 0: the figure is exact. */
  readonly error?: number | null | undefined;
  /** Significant digits of an exact figure, 3 unless given. */
  readonly digits?: number | undefined;
}

const NARROW_SPACE = "\u202f";
const UNITS = [1, 1e3, 1e6, 1e9, 1e12] as const;
/** Amounts below this are written out: 9,500 and not 9.5 k. */
const WRITTEN_OUT = 10_000;
/** Significant digits of any compact amount, however small its error. */
const MOST_DIGITS = 3;
/** Finest power of ten of any amount: cents. */
const FINEST_PLACE = -2;

const formats = new Map<string, Intl.NumberFormat>();

/** The options that are used here; a cached format must not depend on any other. */
type Options = Pick<
  Intl.NumberFormatOptions,
  "style" | "currency" | "notation" | "signDisplay" | "minimumFractionDigits" | "maximumFractionDigits"
>;

function numberFormat(options: Options): Intl.NumberFormat {
  const { style, currency, notation, signDisplay, minimumFractionDigits, maximumFractionDigits } = options;
  const shape = `${style} ${currency} ${notation} ${signDisplay}`;
  const key = `${locale()} ${shape} ${minimumFractionDigits} ${maximumFractionDigits}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale(), options);
    formats.set(key, format);
  }
  return format;
}

const typed = new Map<string, Intl.NumberFormat>();

/** A number as it is edited: the reader's decimal sign, so many significant digits at most. */
export function editable(value: number, digits: number, grouped = true): string {
  const key = `${locale()} ${digits} ${grouped}`;
  let format = typed.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale(), { maximumSignificantDigits: digits, useGrouping: grouped });
    typed.set(key, format);
  }
  return format.format(value);
}

const signs = new Map<string, string>();

/** The sign of a currency; its code where the browser does not know it. */
export function currencySign(currency: string): string {
  const key = `${locale()} ${currency}`;
  const known = signs.get(key);
  if (known !== undefined) return known;
  let sign = currency;
  try {
    const pieces = new Intl.NumberFormat(locale(), { style: "currency", currency }).formatToParts(1);
    sign = pieces.find((piece) => piece.type === "currency")?.value ?? currency;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  signs.set(key, sign);
  return sign;
}

/** Power of ten of the last digit that an error lets stand: the largest one that is at most twice the error. */
export function lastPlace(error: number): number {
  return Math.floor(Math.log10(2 * error) + 1e-9);
}

function isSimulated(error: number | null | undefined): error is number {
  return error != null && Number.isFinite(error) && error > 0;
}

function roundTo(value: number, place: number): number {
  // Dividing by a whole power of ten keeps 0.1 exact where multiplying by its inverse would not.
  const rounded =
    place < 0
      ? Math.round(value * 10 ** -place) / 10 ** -place
      : Math.round(value / 10 ** place) * 10 ** place;
  return rounded === 0 ? 0 : rounded;
}

function magnitude(value: number): number {
  return value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)) + 1e-12);
}

function unitOf(value: number): number {
  const size = Math.abs(value);
  if (size < WRITTEN_OUT) return 1;
  return UNITS.findLast((unit) => unit <= size) ?? 1;
}

/**
 * An amount in compact form: `€412K`, `412 k€`, `1,23 M€`.
 *
 * With an error, as many digits as it allows (at most three); without, three significant digits and no
 * trailing zeros.
 */
export function money(amount: number, currency: string, precision: Precision = {}): string {
  const simulated = isSimulated(precision.error);
  const digits = simulated ? MOST_DIGITS : (precision.digits ?? 3);
  // Never finer than what is written, or the amount would be rounded twice.
  const finest = Math.max(magnitude(amount) - digits + 1, FINEST_PLACE);
  const place = simulated ? Math.max(lastPlace(precision.error as number), finest) : finest;
  const rounded = roundTo(amount, place);
  const unit = unitOf(rounded);
  const decimals = Math.min(Math.max(magnitude(unit) - place, 0), unit === 1 ? -FINEST_PLACE : 6);
  return inUnit(rounded, unit, currency, simulated && unit > 1 ? decimals : 0, decimals);
}

/** The standard error of an amount, one significant digit. */
export function moneyError(error: number, currency: string): string {
  return money(error, currency, { digits: 1 });
}

/** An amount with all its digits: `412 345 €`; cents where there are any and the amount is small. */
export function exactMoney(amount: number, currency: string): string {
  const digits = Math.abs(amount) < 100 && !Number.isInteger(roundTo(amount, -2)) ? 2 : 0;
  return numberFormat({
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount === 0 ? 0 : amount);
}

/**
 * A formatter for the ticks of an axis, in the units that labels beside it have (`800 k€`, `1 M€`,
 * `1,2 M€`), with as many decimals as the step needs.
 */
export function moneyAxis(currency: string, step: number): (amount: number) => string {
  const last = magnitude(step) - (isRound(step) ? 0 : 1);
  return (amount) => {
    const unit = unitOf(roundTo(amount, last));
    return amount === 0
      ? "0"
      : inUnit(amount, unit, currency, 0, Math.min(Math.max(magnitude(unit) - last, 0), 6));
  };
}

function isRound(step: number): boolean {
  const leading = step / 10 ** magnitude(step);
  return Math.abs(leading - Math.round(leading)) < 1e-9;
}

/** The number in a unit, placed in the currency pattern that the language has for that unit. */
function inUnit(amount: number, unit: number, currency: string, least: number, most: number): string {
  const digits = numberFormat({ minimumFractionDigits: least, maximumFractionDigits: Math.max(least, most) });
  const [before, after] = unitPattern(amount < 0 ? -unit : unit, currency);
  return before + digits.format(Math.abs(amount) / unit) + after;
}

const patterns = new Map<string, readonly [before: string, after: string]>();

/** What stands before and after the digits of an amount in a unit. */
function unitPattern(unit: number, currency: string): readonly [before: string, after: string] {
  const key = `${locale()} ${currency} ${unit}`;
  const known = patterns.get(key);
  if (known) return known;
  const parts = numberFormat({
    style: "currency",
    currency,
    ...(Math.abs(unit) === 1 ? {} : { notation: "compact" as const }),
    maximumFractionDigits: 0,
  }).formatToParts(unit);
  const digits = parts.findIndex(({ type }) => type === "integer");
  const written = parts.map(({ value }, index) => (isGap(parts, index) ? "" : value));
  const pattern = [written.slice(0, digits).join(""), written.slice(digits + 1).join("")] as const;
  patterns.set(key, pattern);
  return pattern;
}

/** The space between a unit and a currency sign: k€ and not k €, but k CHF. */
function isGap(pattern: readonly Intl.NumberFormatPart[], index: number): boolean {
  const after = pattern[index + 1];
  return (
    pattern[index]?.type === "literal" &&
    pattern[index - 1]?.type === "compact" &&
    after?.type === "currency" &&
    !/^\p{L}/u.test(after.value)
  );
}

/** How a share is shown. */
export interface SharePrecision extends Precision {
  readonly decimals?: number;
  /** Trials that it was simulated in; absent: it is not, and none or all of it is what it says. */
  readonly trials?: number | undefined;
}

/**
 * A probability or share: `62%`, `62,3 %`. With an error, as many digits as it allows; without, one
 * decimal. Never rounds to 0 or 100 what is neither, and what happened in none or all of the trials is
 * neither: `<0.1%`, `>99.9%`, by the rule of three.
 */
export function percent(share: number, precision: SharePrecision = {}): string {
  const { sign, text } = written(share, precision);
  return sign === undefined ? text : `${sign}${NARROW_SPACE}${text}`;
}

/** The same inside a sentence: `less than 0.1%`, `moins de 0,1 %`. */
export function chance(share: number, precision: SharePrecision = {}): string {
  const { sign, text } = written(share, precision);
  if (sign === undefined) return text;
  return t(sign === "<" ? "app.less_than" : "app.more_than", { share: text });
}

/** Largest probability, at 95 %, of what happened in none of so many trials: three of them (rule of three). */
function unseen(trials: number): number {
  return Math.min(3 / trials, 1);
}

/** A share, and the sign before it where only a bound is known. */
function written(share: number, precision: SharePrecision): { sign?: "<" | ">"; text: string } {
  if (precision.trials !== undefined && (share <= 0 || share >= 1)) {
    // Upwards, and no finer than tenths, as anywhere else.
    const bound = Math.min(Math.ceil(1000 * unseen(precision.trials) - 1e-9) / 1000, 1);
    const write = (value: number) => percentText({ maximumFractionDigits: 1 }, value);
    return share <= 0 ? { sign: "<", text: write(bound) } : { sign: ">", text: write(1 - bound) };
  }
  // Certainty needs no decimals.
  const certain = share <= 0 || share >= 1 ? 0 : undefined;
  const decimals =
    precision.decimals ??
    certain ??
    (isSimulated(precision.error) ? Math.min(Math.max(-lastPlace(100 * precision.error), 0), 1) : 1);
  const write = (value: number) =>
    percentText({ minimumFractionDigits: decimals, maximumFractionDigits: decimals }, value);
  const step = 10 ** -(decimals + 2);
  if (share > 0 && share < step / 2) return { sign: "<", text: write(step) };
  if (share < 1 && share > 1 - step / 2) return { sign: ">", text: write(1 - step) };
  return { text: write(share) };
}

/** Browsers differ in the space before a French percent sign: always the narrow one, as in the sentences. */
function percentText(digits: Options, share: number): string {
  return numberFormat({ style: "percent", ...digits })
    .format(share === 0 ? 0 : share)
    .replace("\u00a0%", `${NARROW_SPACE}%`);
}

/** A share to six decimals of a percent, for titles and tables; of what `trials` have not seen, the bound. */
export function exactPercent(share: number, trials?: number): string {
  if (trials !== undefined && (share <= 0 || share >= 1)) {
    const bound = Math.ceil(1e8 * unseen(trials) - 1e-6) / 1e8;
    const sign = share <= 0 ? "<" : ">";
    return `${sign}${NARROW_SPACE}${percentText({ maximumFractionDigits: 6 }, share <= 0 ? bound : 1 - bound)}`;
  }
  return percentText({ maximumFractionDigits: 6 }, share);
}

/** The standard error of a share in points, one significant digit and no finer than a tenth: `0.5`. */
export function pointsError(error: number): string {
  const points = Math.max(100 * error, 0.1);
  const place = Math.min(magnitude(points), 0);
  const up = Math.max(roundTo(points, place), 10 ** place);
  return numberFormat({ minimumFractionDigits: 0, maximumFractionDigits: 1 }).format(up);
}

const plurals = new Map<string, Intl.PluralRules>();

/** A difference of shares, signed, in points: `+18 points`. */
export function points(difference: number, precision: Precision = {}): string {
  const decimals = isSimulated(precision.error)
    ? Math.min(Math.max(-lastPlace(100 * precision.error), 0), 1)
    : 1;
  const value = roundTo(100 * difference, -decimals);
  const number = numberFormat({
    signDisplay: "exceptZero",
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(value);
  // The plural goes with the number, not with its text.
  let rules = plurals.get(locale());
  if (!rules) {
    rules = new Intl.PluralRules(locale());
    plurals.set(locale(), rules);
  }
  const single = rules.select(Math.abs(value)) === "one";
  return t(single ? "charts.point" : "charts.points", { number });
}

/** A plain number with at most so many decimals, and with `least` at least. */
export function decimal(value: number, decimals = 1, least = 0): string {
  const options = { maximumFractionDigits: decimals, minimumFractionDigits: least };
  return numberFormat(options).format(value === 0 ? 0 : value);
}

/** How a month is written: March 2026, Mar 2026, Mar. */
export type MonthStyle = "long" | "medium" | "short";

const months = new Map<string, Intl.DateTimeFormat>();
const MONTH_STYLES: Record<MonthStyle, Intl.DateTimeFormatOptions> = {
  long: { month: "long", year: "numeric" },
  medium: { month: "short", year: "numeric" },
  short: { month: "short" },
};

/**
 * The calendar month that month number `month` is (1 is `startMonth`, YYYY-MM); without a start,
 * “month 3”. Month 0 is the one before the start.
 */
export function monthName(
  startMonth: string | null | undefined,
  month: number,
  style: MonthStyle = "long",
): string {
  const date = calendarMonth(startMonth, month);
  if (!date)
    return t(style === "long" ? "charts.month_number" : "charts.month_number_short", {
      month: String(month),
    });
  const key = `${locale()} ${style}`;
  let format = months.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale(), { ...MONTH_STYLES[style], timeZone: "UTC" });
    months.set(key, format);
  }
  return format.format(date);
}

/** First day of a month (UTC), absent without a start. */
export function calendarMonth(startMonth: string | null | undefined, month: number): Date | undefined {
  const match = /^(\d{4})-(\d{2})$/.exec(startMonth ?? "");
  return match ? new Date(Date.UTC(Number(match[1]), Number(match[2]) - 2 + month, 1)) : undefined;
}

/** A day, as the language writes it in figures and words: 21 November 2026. */
export function day(date: Date): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "long" }).format(date);
}
