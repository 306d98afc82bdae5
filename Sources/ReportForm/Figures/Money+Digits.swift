public import FundCore

// Exact amounts in yuan, whatever the unit of the report: those of a ledger.
extension Money {
  /// The amount in yuan with commas between thousands, and two decimals where it has fen.
  public var inYuan: String {
    let (whole, cents) = fen.magnitude.quotientAndRemainder(dividingBy: 100)
    let decimals = cents == 0 ? "" : (cents < 10 ? ".0" : ".") + "\(cents)"
    return (fen < 0 ? "-" : "") + NumberFormat.whole(Int(whole)) + decimals
  }

  /// The amount in yuan with commas between thousands and two decimals always.
  public var toTheFen: String { fen.magnitude % 100 == 0 ? inYuan + ".00" : inYuan }

  /// The amount in a sentence, with its unit; in Chinese in 万元 or 亿元 where few decimals say it all.
  public var named: LocalizedText {
    let words = words.chinese
    return LocalizedText(
      english: "\(inYuan) yuan",
      chinese: words.hasSuffix("万元") || words.hasSuffix("亿元") ? words : inYuan + "元")
  }
}
