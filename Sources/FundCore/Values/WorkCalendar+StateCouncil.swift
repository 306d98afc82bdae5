/// The days off and the weekends worked of the State Council's yearly notices
/// (国务院办公厅关于部分节假日安排的通知), as amended. A line a notice: what it says of each feast, weekends
/// included, and its source.
extension WorkCalendar {
  /// The working days of the State Council's notices from 2018 to 2026; Monday to Friday in other years.
  public static let stateCouncil = WorkCalendar(notices: notices)

  /// A year's notice: where it stands, the days off (a day, or the first and last of some), and the days
  /// on a weekend that are worked.
  private typealias Notice = (year: Int, source: String, off: String, worked: String)

  private static let notices: [Notice] = [
    (
      2018, "国办发明电〔2017〕12号",
      "01-01 02-15/02-21 04-05/04-07 04-29/05-01 06-18 09-24 10-01/10-07",
      "02-11 02-24 04-08 04-28 09-29 09-30 12-29"
    ),
    // The weekend of 29 December 2018 belongs to the New Year of 2019 (国办发明电〔2018〕15号); Labour Day as
    // amended by 国办发明电〔2019〕3号.
    (
      2019, "国办发明电〔2018〕15号, 国办发明电〔2019〕3号",
      "01-01 02-04/02-10 04-05 05-01/05-04 06-07 09-13 10-01/10-07",
      "02-02 02-03 04-28 05-05 09-29 10-12"
    ),
    // The Spring Festival was extended to 2 February (国办发明电〔2020〕1号).
    (
      2020, "国办发明电〔2019〕16号, 国办发明电〔2020〕1号",
      "01-01 01-24/02-02 04-04/04-06 05-01/05-05 06-25/06-27 10-01/10-08",
      "01-19 04-26 05-09 06-28 09-27 10-10"
    ),
    (
      2021, "国办发明电〔2020〕27号",
      "01-01/01-03 02-11/02-17 04-03/04-05 05-01/05-05 06-12/06-14 09-19/09-21 10-01/10-07",
      "02-07 02-20 04-25 05-08 09-18 09-26 10-09"
    ),
    (
      2022, "国办发明电〔2021〕11号",
      "01-01/01-03 01-31/02-06 04-03/04-05 04-30/05-04 06-03/06-05 09-10/09-12 10-01/10-07",
      "01-29 01-30 04-02 04-24 05-07 10-08 10-09"
    ),
    (
      2023, "国办发明电〔2022〕16号",
      "01-01/01-02 01-21/01-27 04-05 04-29/05-03 06-22/06-24 09-29/10-06",
      "01-28 01-29 04-23 05-06 06-25 10-07 10-08"
    ),
    (
      2024, "国办发明电〔2023〕7号",
      "01-01 02-10/02-17 04-04/04-06 05-01/05-05 06-10 09-15/09-17 10-01/10-07",
      "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12"
    ),
    (
      2025, "国办发明电〔2024〕12号",
      "01-01 01-28/02-04 04-04/04-06 05-01/05-05 05-31/06-02 10-01/10-08",
      "01-26 02-08 04-27 09-28 10-11"
    ),
    (
      2026, "国办发明电〔2025〕7号",
      "01-01/01-03 02-15/02-23 04-04/04-06 05-01/05-05 06-19/06-21 09-25/09-27 10-01/10-07",
      "01-04 02-14 02-28 05-09 09-20 10-10"
    ),
  ]

  private init(notices: [Notice]) {
    self.init()
    // The bridge to the New Year of 2019.
    holidays.insert(Self.day("12-31", of: 2018))
    for notice in notices {
      for item in notice.off.split(separator: " ") {
        let ends = item.split(separator: "/").map { Self.day($0, of: notice.year) }
        for number in ends[0].dayNumber...ends[ends.count - 1].dayNumber {
          holidays.insert(CivilDate(dayNumber: number))
        }
      }
      extraWorkdays.formUnion(
        notice.worked.split(separator: " ").map { Self.day($0, of: notice.year) })
    }
    knownYears = Set(notices.map(\.year))
    sources = notices.map(\.source)
  }

  /// A day written as month and day.
  private static func day(_ text: some StringProtocol, of year: Int) -> CivilDate {
    let numbers = text.split(separator: "-").compactMap { Int($0) }
    guard let date = CivilDate(year: year, month: numbers[0], day: numbers[1]) else {
      preconditionFailure("the table of holidays holds dates, not \(text)")
    }
    return date
  }
}
