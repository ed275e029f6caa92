/** The bank holidays of a part of the United Kingdom between two days. */
export interface BankHolidays {
  /** First day for which the list is complete, `YYYY-MM-DD`. */
  readonly from: string
  /** Last day for which the list is complete. */
  readonly to: string
  /** The bank holidays, in order; substitute days stand for the days that fell on a weekend. */
  readonly dates: readonly string[]
}

const englandAndWales = [
  ...['2019-01-01', '2019-04-19', '2019-04-22', '2019-05-06', '2019-05-27', '2019-08-26', '2019-12-25', '2019-12-26'],
  ...['2020-01-01', '2020-04-10', '2020-04-13', '2020-05-08', '2020-05-25', '2020-08-31', '2020-12-25', '2020-12-28'],
  ...['2021-01-01', '2021-04-02', '2021-04-05', '2021-05-03', '2021-05-31', '2021-08-30', '2021-12-27', '2021-12-28'],
  ...['2022-01-03', '2022-04-15', '2022-04-18', '2022-05-02', '2022-06-02', '2022-06-03', '2022-08-29', '2022-09-19'],
  ...['2022-12-26', '2022-12-27'],
  ...['2023-01-02', '2023-04-07', '2023-04-10', '2023-05-01', '2023-05-08', '2023-05-29', '2023-08-28', '2023-12-25', '2023-12-26'],
  ...['2024-01-01', '2024-03-29', '2024-04-01', '2024-05-06', '2024-05-27', '2024-08-26', '2024-12-25', '2024-12-26'],
  ...['2025-01-01', '2025-04-18', '2025-04-21', '2025-05-05', '2025-05-26', '2025-08-25', '2025-12-25', '2025-12-26'],
  ...['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25', '2026-08-31', '2026-12-25', '2026-12-28'],
  ...['2027-01-01', '2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31', '2027-08-30', '2027-12-27', '2027-12-28'],
]

const scotlandBesides = [
  ...['2019-01-02', '2019-08-05', '2019-12-02', '2020-01-02', '2020-08-03', '2020-11-30', '2021-01-04', '2021-08-02', '2021-11-30'],
  ...['2022-01-04', '2022-08-01', '2022-11-30', '2023-01-03', '2023-08-07', '2023-11-30', '2024-01-02', '2024-08-05', '2024-12-02'],
  ...['2025-01-02', '2025-08-04', '2025-12-01', '2026-01-02', '2026-08-03', '2026-11-30', '2027-01-04', '2027-08-02', '2027-11-30'],
]

const northernIrelandBesides = [
  ...['2019-03-18', '2019-07-12', '2020-03-17', '2020-07-13', '2021-03-17', '2021-07-12', '2022-03-17', '2022-07-12', '2023-03-17'],
  ...['2023-07-12', '2024-03-18', '2024-07-12', '2025-03-17', '2025-07-14', '2026-03-17', '2026-07-13', '2027-03-17', '2027-07-12'],
]

/**
 * Bank holidays from 2019 to 2027, for England and Wales, and for any part of the United Kingdom together.
 *
 * The list is the one that GOV.UK publishes, kept as data: it has the days that were proclaimed (8 May 2020, 19 September 2022, 8 May
 * 2023), it is under a kilobyte where a library of holidays is 45 MB with its dependencies, and it says where it ends. Days outside
 * it are refused, not guessed; a longer list can be passed in.
 *
 * @remarks
 * The weekdays among the public holidays that npm `date-holidays` 3.37.0 works out for these years are the same days.
 *
 * @see https://www.gov.uk/bank-holidays.json (Open Government Licence v3.0)
 */
export const bankHolidays: Readonly<Record<BankHolidayRegion, BankHolidays>> = {
  'england-and-wales': { from: '2019-01-01', to: '2027-12-31', dates: englandAndWales },
  'united-kingdom': {
    from: '2019-01-01',
    to: '2027-12-31',
    dates: [...englandAndWales, ...scotlandBesides, ...northernIrelandBesides].sort(),
  },
}

/** Name of a list in {@link bankHolidays}. */
export type BankHolidayRegion = 'england-and-wales' | 'united-kingdom'
