public import FundCore
import ReportForm
public import ScenarioInput

extension TapeSummary {
  /// The summary as a table, at most 100 columns wide.
  public func text(in language: Language) -> String {
    var lines = headLines(language)
    if !setAside.isEmpty || outsideWindow > 0 || !leftOut.isEmpty {
      lines += ["", LocalizedText(en: "Not used", zh: "未使用")[language]] + unusedLines(language)
    }
    if !notes.isEmpty {
      lines += ["", LocalizedText(en: "How the file was read", zh: "文件的读入")[language]]
      lines += notes.flatMap { wrapped($0[language], to: 96).map { "  " + $0 } }
    }
    for (by, groups) in groupings where !groups.isEmpty {
      let heads: [LocalizedText] = [
        .init(en: "By \(by)", zh: "按\(by)"), .init(en: "loans", zh: "笔数"), .empty,
        .init(en: "lent in yuan", zh: "放款额（万元）"), .empty,
      ]
      lines.append("")
      lines.append(row(heads.map { $0[language] }))
      lines += groups.map { group in
        row([
          "  " + group.name[language], NumberFormat.whole(group.loans),
          perCent(Int64(group.loans), Int64(loans), language), amount(group.lent, language),
          perCent(group.lent.fen, lent.fen, language),
        ])
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func headLines(_ language: Language) -> [String] {
    let months = Int64(loans) == 0 ? 0 : (termMonths * 10 + loans / 2) / loans
    let lent = amount(lent, language)
    let pledged = amount(ipPledged, language)
    let part = perCent(ipPledged.fen, self.lent.fen, language)
    let lines: [(LocalizedText, LocalizedText)] = [
      (.init(en: "Loans", zh: "贷款笔数"), .init(same: NumberFormat.whole(loans))),
      (.init(en: "Banks", zh: "银行"), .init(same: NumberFormat.whole(banks))),
      (.init(en: "Enterprises", zh: "企业"), .init(same: NumberFormat.whole(enterprises))),
      (.init(en: "Lent", zh: "放款额"), .init(en: "\(lent) yuan", zh: "\(lent)万元")),
      (
        .init(en: "Pledged on IP", zh: "其中质押部分"),
        .init(en: "\(pledged) yuan, \(part)", zh: "\(pledged)万元，占\(part)")
      ),
      (
        .init(en: "Mean term", zh: "平均期限"),
        .init(
          en: "\(months / 10).\(months % 10) months", zh: "\(months / 10).\(months % 10)个月")
      ),
      (
        .init(en: "Start", zh: "放款月份"),
        .init(en: "\(firstStart) to \(lastStart)", zh: "\(firstStart)至\(lastStart)")
      ),
    ]
    return [clipped(source[language], to: 100)]
      + lines.map { labelled($0.0[language], $0.1[language]) }
  }

  private func unusedLines(_ language: Language) -> [String] {
    var lines: [String] = []
    if outsideWindow > 0 {
      let outside = LocalizedText(en: "outside the window", zh: "时间窗口之外")
      lines.append(row(["  " + outside[language], NumberFormat.whole(outsideWindow)]))
    }
    lines += leftOut.map { row(["  " + $0.reason.words[language], NumberFormat.whole($0.count)]) }
    return lines
      + setAside.map { rows in
        let first = rows.naming.words(rows.firstLines)
        let place = LocalizedText(en: "first in \(first)", zh: "首见于\(first)")
        return row(["  " + rows.reason[language], NumberFormat.whole(rows.count)]) + "   "
          + place[language]
      }
  }
}

private func labelled(_ label: String, _ text: String) -> String {
  "  " + padded(label, to: 16) + text
}

/// A line of a table: a name, and numbers that end below each other.
private func row(_ cells: [String]) -> String {
  let widths = [44, 12, 9, 24, 9]
  var line = padded(clipped(cells[0], to: widths[0]), to: widths[0])
  for (cell, width) in zip(cells, widths).dropFirst() {
    line += String(repeating: " ", count: max(1, width - DisplayWidth.of(cell))) + cell
  }
  while line.last == " " { line.removeLast() }
  return line
}

/// An amount in whole yuan; in Chinese in 万元, with two decimals.
private func amount(_ amount: Money, _ language: Language) -> String {
  switch language {
  case .english: return NumberFormat.whole(Int((amount.fen + 50) / 100))
  case .chinese:
    let hundredths = (amount.fen + 5_000) / 10_000
    let decimals = hundredths % 100
    return NumberFormat.whole(Int(hundredths / 100)) + "." + (decimals < 10 ? "0" : "")
      + "\(decimals)"
  }
}

/// A part of a whole in per cent, to the nearest tenth.
private func perCent(_ part: Int64, _ whole: Int64, _ language: Language) -> String {
  guard whole > 0 else { return "" }
  let tenths = (Int128(part) * 2_000 + Int128(whole)) / (Int128(whole) * 2)
  return "\(tenths / 10).\(tenths % 10)" + (language == .chinese ? "%" : " %")
}

private func padded(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
}

/// The text in lines of at most `width` columns, broken at blanks where there are any.
private func wrapped(_ text: String, to width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in text.split(separator: " ", omittingEmptySubsequences: true) {
    for character in (line.isEmpty ? "" : " ") + word {
      if DisplayWidth.of(line) + DisplayWidth.of(String(character)) > width {
        let blank = line.lastIndex(of: " ").flatMap { character == " " ? nil : $0 }
        lines.append(String(blank.map { line[..<$0] } ?? line[...]))
        line = blank.map { String(line[line.index(after: $0)...]) } ?? ""
        if character == " " { continue }
      }
      line.append(character)
    }
  }
  return line.isEmpty ? lines : lines + [line]
}

/// The text, cut so that it takes no more than `width` columns, without line ends.
private func clipped(_ text: String, to width: Int) -> String {
  let printable = String(
    text.map { character in
      character.unicodeScalars.contains { $0.properties.generalCategory == .control }
        ? " " : character
    })
  guard DisplayWidth.of(printable) > width else { return printable }
  var shown = ""
  var used = 0
  for character in printable {
    used += DisplayWidth.of(String(character))
    if used > width - 1 { break }
    shown.append(character)
  }
  return shown + "…"
}
