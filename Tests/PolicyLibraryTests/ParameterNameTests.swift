import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary
import Testing

/// What reports and `policy show` call the keys and words of a programme file.
struct `Names of parameters` {
  static let programmes = PolicyDocument.builtInIDs

  private func builtIn(_ id: String) throws -> PolicyDocument {
    try PolicyDocument.named(Written(id, at: scenarioPlace), in: "")
  }

  /// Whether a text has no Latin word. One letter alone is a text's own: C级以上.
  private func isChinese(_ text: String) -> Bool {
    !zip(text, text.dropFirst()).contains { pair in
      [pair.0, pair.1].allSatisfy { $0.isASCII && $0.isLetter }
    }
  }

  /// A programme as its file has it, and under each of its other readings.
  private func documents(_ id: String) throws -> [PolicyDocument] {
    let own = try builtIn(id)
    // A reading that forbids the only model, or needs another one, is refused, and has no names.
    let others = own.interpretations.flatMap { item in
      item.others.compactMap { other in
        try? own.changed(readings: [reading(item.id, other.name)], overrides: [])
      }
    }
    return [own] + others
  }

  @Test(arguments: programmes) func `every key and value has one in Chinese`(id: String) throws {
    for document in try documents(id) {
      for item in document.parameters {
        let name = document.name(ofParameter: item.path)
        #expect(name.english != item.path, "\(item.path)")
        #expect(isChinese(name.chinese), "\(item.path): \(name.chinese)")
        #expect(isChinese(document.words(of: item).chinese), "\(item.path): \(item.value)")
      }
    }
  }

  @Test func `a number is written with its unit`() throws {
    let baotou = try builtIn("baotou")
    func words(_ path: String) throws -> LocalizedText {
      baotou.words(of: try #require(baotou.parameters.first { $0.path == path }))
    }
    // Articles 3, 8(二)7, 13, 15, 16 and 23.
    #expect(try words("fund.initial.amount").chinese == "1000万元")
    #expect(try words("inForce.lastsMonths").chinese == "24个月")
    #expect(try words("fund.fee.rate").chinese == "基数的1.5%")
    #expect(try words("claim.afterOverdueDays").chinese == "60日")
    #expect(try words("thresholds.warning.level.value").chinese == "3%")
    #expect(try words("duties.returnOfRecoveries.withinWorkingDays").chinese == "15个工作日")
    #expect(try words("thresholds.warning.level.value").english == "3% ratio")
  }

  @Test func `a threshold is called by what it does, a duty by what it says`() throws {
    let baotou = try builtIn("baotou")
    #expect(
      baotou.name(ofThreshold: "suspension") == LocalizedText(en: "suspension", zh: "中止发放"))
    #expect(baotou.name(ofDuty: "returnOfRecoveries").chinese.contains("15个工作日内返还"))
    #expect(
      baotou.name(ofParameter: "models.guarantor.payers.fund.share.value")
        == LocalizedText(en: "guarantor, fund: share", zh: "担保模式，基金：份额"))
  }
}
