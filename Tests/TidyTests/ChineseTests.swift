import Foundation
import Testing

/// Chinese as an official writes it: one word for one thing, full-width marks, no English left.
struct `Chinese` {
  /// Folders whose texts are not held yet. Nothing is added here; what is left is to be emptied.
  static let notHeldYet: [String] = []

  static let texts =
    ChineseText.halves(except: notHeldYet) + ChineseText.programmes + ChineseText.articles

  /// Words that the glossary's last column rules out.
  static let banned: [String] = Repository.text(Documentation.catalogue + "/Glossary.md")
    .split(separator: "\n").flatMap { line -> [String] in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard line.hasPrefix("| "), cells.count == 4, cells[2].hasPrefix("`") else { return [] }
      return cells[3].split(separator: "、").map(String.init)
    }

  private func check(_ isWrong: (ChineseText) -> Bool) {
    #expect(Self.texts.filter(isWrong).map { "\($0.place): \($0.text)" } == [])
  }

  @Test func `is found where it stands`() {
    #expect(ChineseText.halves(except: Self.notHeldYet).count > 900)
    #expect(ChineseText.programmes.count > 300)
    #expect(ChineseText.articles.count > 700)
    #expect(Self.banned.count > 30)
  }

  @Test func `has one word for one thing`() {
    check { item in Self.banned.contains { item.text.range(of: $0, options: .literal) != nil } }
  }

  @Test func `has full-width marks`() {
    check { item in
      // A half-width mark at a Chinese character; commas of options (800万,1600万) are their own, and
      // braces hold what a file holds.
      let text = item.text.replacing(/\{[^}]*\}/, with: "")
      return text.contains(/[\u{4E00}-\u{9FFF}](?:[;!?(]|[,:][\u{4E00}-\u{9FFF} ]|:$)/)
        || text.contains(/\)[\u{4E00}-\u{9FFF}]/)
    }
  }

  @Test func `has no blank between a number and its unit`() {
    check { item in
      guard item.text.utf8.contains(UInt8(ascii: " ")) else { return false }
      return item.text.contains(/[0-9\u{FFFC}] +[%‰‱]/)
        // A number, and not the end of a name such as UTF-8 or GB18030.
        || item.text.contains(
          /(?:^|[^A-Za-z0-9.\-_=\/])[0-9](?:[0-9,.]*[0-9])?[%‰‱万亿]? +[\u{4E00}-\u{9FFF}]/)
        || item.text.contains(/[\u{4E00}-\u{9FFF}] +[−-]?[0-9]/)
        || item.text.contains(/\u{FFFC} +(?:万元|元|个月|个|笔|家|次|年|日|天|行|条|项|只)(?![\u{4E00}-\u{9FFF}])/)
        || item.text.contains(/第 +[0-9\u{FFFC}]|[0-9\u{FFFC}] +(?:行|列)/)
    }
  }

  @Test func `has articles in Chinese numerals`() {
    check { $0.text.contains(/第 ?[0-9]+ ?条/) || $0.text.contains("Art.") }
  }

  /// Latin words that a Chinese reader reads as they are: names, formats, and what stands for itself.
  static let names: Set<String> = [
    "fundsim", "JSON", "CSV", "YAML", "UTF", "GB", "GBK", "MB", "Excel", "Python", "NumPy", "NUL",
    "README", "PD", "LGD", "Ctrl", "Linux", "Swift", "GitHub", "Foundation", "Yams", "Schema",
    "Slurm", "Kubernetes", "Dask", "Unicode", "NFKC", "ASCII", "Beta", "Student", "Wilson", "Hall",
    "Pluto", "Tasche", "Clopper", "Pearson", "McNemar", "Holm", "Bahadur", "Babu", "Rao", "Massart",
    "Jeffreys", "PIT", "Dvoretzky", "Kiefer", "Wolfowitz", "Manistre", "Hancock", "Cochran", "Bash",
    "Editor", "CPU", "Searle", "Casella", "Sun", "Apley", "Staum", "Kleinman", "Young",
    "Glasserman", "Avramidis", "Nelson", "Pocock",
    "VaR", "LC", "ALL", "LANG", "MESSAGES", "AMD", "EPYC", "numpy", "numba", "clang", "AAA", "AA",
    "ns", "iconv", "swift", "argument", "parser", "mustache", "npy", "csv", "bp", "en", "zh", "ln",
    "min",
    "max",
    "Windows", "WSL", "Ubuntu", "Debian", "ICU", "GCC", "Mustache", "Arm", "wheel", "glibc", "pip",
    "zsh", "fish", "ZIP", "DEFLATE", "XML", "zlib", "liblzma", "WPS", "LibreOffice", "OpenDocument",
    "Bonferroni", "Vasicek", "Newcombe", "Abramowitz", "Stegun", "Gordy", "Gauss", "Hermite",
    "Laguerre",
    "scipy", "SciPy", "mpmath", "NIST", "FIPS", "SHA", "sin", "SplitMix",
  ]

  /// Without what is written for a machine: code in marks, options, commands, keys, paths, and words
  /// of fixed lists that stand before their Chinese or between marks.
  private func withoutCode(_ text: String) -> String {
    text.replacing(/`[^`]*`/, with: "").replacing(/'[^'\n]*'/, with: "")
      .replacing(/fundsim [a-z][^\n\u{4E00}-\u{9FFF}]*/, with: "")
      .replacing(/--[a-z][a-z-]*(?: [A-Za-z0-9.,=%:@]+)?/, with: "")
      .replacing(/[A-Za-z0-9_*-]*[.\/_=][A-Za-z0-9_.\/=*-]*/, with: "")
      .replacing(/[A-Za-z]+(?:-[A-Za-z0-9]+)+|[A-Za-z\u{FFFC}]+-draft|[a-z]+[0-9]+/, with: "")
      .replacing(/《[^》]*》/, with: "")
      .replacing(/[a-z]+[A-Z][A-Za-z]*/, with: "")
      .replacing(/“[A-Za-z]+”/, with: "").replacing(/<[^>]*>|\{[^}]*\}/, with: "")
      .replacing(/[a-z]+(?=[（：:])/, with: "")
  }

  @Test func `has no English left`() {
    var isReference = false
    let wrong = Self.texts.compactMap { item -> String? in
      // What an article cites, it cites in its own language.
      if item.text.hasPrefix("#") { isReference = item.text.contains("文献") }
      if !item.place.contains(".md") { isReference = false }
      guard !isReference, item.text.utf8.contains(where: { (65...122).contains($0) }),
        item.text.contains(/[\u{4E00}-\u{9FFF}]/)
      else { return nil }
      let words = withoutCode(item.text).matches(of: /[A-Za-z]{2,}/).map { String($0.output) }
        .filter { !Self.names.contains($0) && !Self.listWords.contains($0) }
      return words.isEmpty ? nil : "\(item.place): \(words.joined(separator: " "))"
    }
    #expect(wrong == [])
  }

  /// Words of fixed lists, which options and files take as they are.
  static let listWords: Set<String> = [
    "bank", "guarantor", "insurer", "micro", "small", "medium", "large", "patent", "trademark",
    "copyright", "other", "met", "true", "false", "exhaustion", "compensation", "unpaid",
    "gaussian",
    "estimate", "holiday", "workday", "key", "value", "size", "compare", "sweep", "tornado",
    "readings", "amount", "change", "until", "from", "loading", "sources", "words", "year",
    "defaults", "grade", "exposure", "loss", "recovered", "id",
  ]
}
