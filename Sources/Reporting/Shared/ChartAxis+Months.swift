import Charts
import FundCore

extension ChartAxis {
  /// The time of a run or a register: so many months, a tick at each January, or at each month of a
  /// short one.
  static func months(from first: CivilMonth, count: Int) -> ChartAxis {
    let months = (0...count).map { (Double($0), first.advanced(by: $0)) }
    let marks =
      count < 18
      ? months.map { ChartTick($0.0, "\($0.1)") }
      : months.filter { $0.1.month == 1 }.map { ChartTick($0.0, "\($0.1.year)") }
    return ChartAxis("", from: 0, to: Double(count), marks: marks)
  }
}
