import FundCore
import Spreadsheets

/// A number that words hold alone, as a workbook takes it: `1.873049`, `83.6066 %`, `22*`, `2024年`,
/// `16 million yuan`, `3 months`.
struct WrittenNumber: Hashable {
  /// Its decimal digits: a share of 1 for per cent, yuan for amounts.
  let digits: String
  /// How a workbook shows it.
  let style: CellStyle
  /// What it counts; empty for a bare number, a share, a year.
  let unit: String

  /// More digits than a spreadsheet keeps.
  private static let mostDigits = 15

  /// - Returns: `nil` where there is more than a number, or one that is a name: `007`.
  init?(_ text: String, in language: Language) {
    let isNegative = text.hasPrefix("-") || text.hasPrefix("−")
    let body = text.dropFirst(isNegative ? 1 : 0)
    let number = body.prefix { $0.isASCII && $0.isNumber || $0 == "," || $0 == "." }
    guard let plain = Self.plain(number) else { return nil }
    let sign = isNegative ? "-" : ""
    let rest = String(body.dropFirst(number.count).drop { $0 == " " })
    let isWhole = !number.contains(".")
    switch rest {
    case "":
      self.init(sign + plain, number.contains(",") ? isWhole ? .whole : .amount : .number)
    case "%": self.init(sign + Self.shifted(plain, by: -2), .percent)
    case "*": self.init(sign + plain, .starred)
    case "年":
      guard isWhole, number.count == 4, number.first == "1" || number.first == "2" else {
        return nil
      }
      self.init(sign + plain, .number)
    case "months", "month", "个月": self.init(sign + plain, .number, unit: rest)
    default:
      let units = MoneyUnit.all(in: language)
      guard let unit = units.first(where: { $0.name == rest }) else { return nil }
      var (power, yuan) = (0, unit.yuan)
      while yuan >= 10 { (power, yuan) = (power + 1, yuan / 10) }
      self.init(sign + Self.shifted(plain, by: power), .amount, unit: units[0].name)
    }
  }

  private init(_ digits: String, _ style: CellStyle, unit: String = "") {
    (self.digits, self.style, self.unit) = (digits, style, unit)
  }

  /// The digits without commas between thousands; `nil` if they are no number, or too many.
  private static func plain(_ number: Substring) -> String? {
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first, !whole.isEmpty, parts.count <= 2, parts.last?.isEmpty == false,
      parts.dropFirst().allSatisfy({ !$0.contains(",") })
    else { return nil }
    let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
    let isGrouped =
      groups.count == 1
      || ((1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 })
    let digits = number.filter { $0 != "," }
    guard isGrouped, digits.count(where: { $0 != "." }) <= mostDigits,
      whole.count == 1 || whole.first != "0"
    else { return nil }
    return String(digits)
  }

  /// The digits with the point moved, to the right by a positive number of places.
  private static func shifted(_ digits: String, by places: Int) -> String {
    let parts = digits.split(separator: ".")
    var (whole, decimals) = (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    for _ in 0..<abs(places) {
      if places > 0 {
        whole.append(decimals.isEmpty ? "0" : decimals.removeFirst())
      } else {
        decimals = (whole.popLast().map { String($0) } ?? "0") + decimals
      }
    }
    whole = String(whole.drop { $0 == "0" })
    return (whole.isEmpty ? "0" : whole) + (decimals.isEmpty ? "" : "." + decimals)
  }
}
