import FundCore

extension TapeSummary {
  /// The summary as a table, at most 100 columns wide.
  public var text: String {
    var lines = headLines
    if !setAside.isEmpty || outsideWindow > 0 { lines += ["", "Not used"] + unusedLines }
    for (by, groups) in groupings where !groups.isEmpty {
      lines.append("")
      lines.append(row(["By \(by)", "loans", "", "lent in yuan", ""]))
      lines += groups.map { group in
        row([
          "  " + group.name, grouped(group.loans), perCent(Int64(group.loans), Int64(loans)),
          wholeYuan(group.lent), perCent(group.lent.fen, lent.fen),
        ])
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var headLines: [String] {
    let months = Int64(loans) == 0 ? 0 : (termMonths * 10 + loans / 2) / loans
    return [
      clipped(source, to: 100),
      labelled("Loans", grouped(loans)),
      labelled("Banks", grouped(banks)),
      labelled("Enterprises", grouped(enterprises)),
      labelled("Lent", "\(wholeYuan(lent)) yuan"),
      labelled(
        "Pledged on IP", "\(wholeYuan(ipPledged)) yuan, \(perCent(ipPledged.fen, lent.fen))"),
      labelled("Mean term", "\(months / 10).\(months % 10) months"),
      labelled("Start", "\(firstStart) to \(lastStart)"),
    ]
  }

  private var unusedLines: [String] {
    var lines: [String] = []
    if outsideWindow > 0 { lines.append(row(["  outside the window", grouped(outsideWindow)])) }
    return lines
      + setAside.map { rows in
        row(["  " + rows.reason, grouped(rows.count)])
          + "   first in line \(grouped(rows.firstLine))"
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

private func wholeYuan(_ amount: Money) -> String { grouped((amount.fen + 50) / 100) }

/// A part of a whole in per cent, to the nearest tenth.
private func perCent(_ part: Int64, _ whole: Int64) -> String {
  guard whole > 0 else { return "" }
  let tenths = (Int128(part) * 2_000 + Int128(whole)) / (Int128(whole) * 2)
  return "\(tenths / 10).\(tenths % 10) %"
}

private func padded(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
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
