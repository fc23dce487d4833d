/**
 * How many cases come to the demonstration's centre, from whom, and what becomes of them. Figures are those of the product's source documents where
 * they give any (named beside each); the others are ours and say so.
 */
import type { CaseSource } from '#shared/domain/case/states'

/**
 * Between the district that filed 24 874 cases in a year (seed 004, a yearly report: 68 a day) and the city whose first month found 6 317 (seed 004,
 * part 5: 210 a day); one dispatcher's day is full at 132, a shift lead's at 150 (seed 000, measured work loads).
 */
export const casesPerDay = 148

/** Ours: dirt thaws in spring, stalls come in summer, snow falls in winter. By month from January. */
export const seasons: readonly number[] = [0.86, 0.74, 0.98, 1.1, 1.12, 1.14, 1.12, 1.1, 1.06, 0.98, 0.96, 0.88]

/** Ours: collectors work on Saturdays and Sundays with half of the people. From Sunday. */
export const weekdays: readonly number[] = [0.78, 1.1, 1.08, 1.06, 1.05, 1.07, 0.86]

/**
 * Collectors find 70–85 % of the cases of their ground by themselves (seed 004, rules for collectors: that is "passed"); seats report at least ten a
 * day from the cameras (seed 003); the hotline and public opinion seat is full at 21 a day (seed 000).
 */
export const sourceShares: Readonly<Record<CaseSource, number>> = {
  collector: 0.755,
  hotline: 0.105,
  camera: 0.072,
  hotline12345: 0.018,
  citizenApp: 0.016,
  cityPlatform: 0.012,
  onlineInquiry: 0.006,
  mayorMailbox: 0.004,
  media: 0.004,
  // The demonstration's texts are of what comes by other ways.
  forum: 0,
  message: 0,
  leader: 0.004,
  survey: 0.004,
}

/** Ours; collectors walk in the two shifts 7–13 and 13–19 (seed 001), the hotline is staffed day and night (seed 004). By hour from midnight. */
export const hours = {
  field: [0, 0, 0, 0, 0, 0, 0, 5, 9, 11, 10, 8, 5, 6, 9, 10, 9, 7, 5, 1, 0, 0, 0, 0],
  hotline: [1, 0.5, 0.5, 0.5, 0.5, 1, 2, 5, 9, 10, 9, 7, 4, 5, 8, 9, 8, 7, 6, 6, 5, 4, 3, 2],
  camera: [0, 0, 0, 0, 0, 0, 1, 6, 8, 8, 8, 6, 4, 6, 8, 8, 7, 6, 4, 3, 2, 1, 1, 0],
} as const

export const rates = {
  /** 6 038 filed of 6 317 found: 95.58 % (seed 004, part 5). What is not filed is declined, merged into another case or answered at once. */
  declined: 0.024,
  merged: 0.012,
  answered: 0.008,
  /** 5 810 of 6 038 in time: 96.22 % (seed 004, part 5). Lateness is chosen per dispatch. */
  late: 0.034,
  /** At most a tenth of the cases filed in the same period may be extended (seed 004, article 6). */
  extended: 0.045,
  suspended: 0.004,
  voided: 0.003,
  closedWithoutCheck: 0.004,
  /** Ours: a department that it does not belong to. */
  sentBack: 0.022,
  disputed: 0.008,
  sentBackByLead: 0.01,
  deferred: 0.01,
  /** Ours; 完好率 is its complement (seed 004, article on effectiveness), and good work is the rule there. */
  reworked: 0.028,
  /** Ours: nine of ten text messages were found true (seed 004, Changsha), and what a collector does not find true is declined. */
  untrue: 0.07,
  /** More than 92 % satisfied in two years (Changzhou, as in the indicators K034). */
  satisfied: 0.94,
  notReached: 0.12,
  /** Ours. */
  overseen: 0.008,
  urgent: 0.05,
  recused: 0.0008,
  sensitive: 0.0004,
  nodeLate: 0.05,
} as const

/** Ours, but the list begins with what seed 004 names as the daily checks: exposed rubbish, dirty roads, untidy greens, spilled loads; then trading on roads. */
export const eventWeights: Readonly<Record<string, number>> = {
  '06010': 17,
  '06012': 13,
  '06017': 7,
  '06014': 5,
  '06042': 8,
  '06011': 5,
  '06036': 6,
  '06013': 4,
  '06007': 2,
  '06020': 1.4,
  '06027': 1,
  '06028': 1.2,
  '06029': 1.5,
  '06030': 1,
  '06034': 1.2,
  '06035': 1.6,
  '06037': 0.6,
  '06045': 0.6,
  '06050': 1.2,
  '06051': 0.8,
  '07001': 9,
  '07003': 2,
  '07006': 1.2,
  '08001': 1,
  '08002': 1.2,
  '08004': 1.6,
  '08006': 1.4,
  '08007': 1,
  '09001': 6,
  '09005': 7,
  '09006': 6,
  '09009': 6,
  '09010': 5,
  '09011': 4,
  '09012': 1,
  '09022': 1,
  '10001': 7,
  '10002': 0.6,
}

/** Months (1–12) outside which an event does not occur. */
export const eventMonths: Readonly<Record<string, readonly number[]>> = {
  '10001': [11, 12, 1, 2, 3],
  '06029': [5, 6, 7, 8, 9],
  '06020': [3, 4, 10, 11],
  '08004': [3, 4, 5, 6, 7, 8, 9, 10, 11],
  '06013': [3, 4, 5, 6, 7, 8, 9, 10, 11],
}

/** Ours: one case in five is about a component. */
export const componentShare = 0.21
