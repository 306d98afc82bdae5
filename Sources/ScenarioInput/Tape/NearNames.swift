import DocumentReading
import FundCore

/// Names that differ so little that they may be one: they stay apart, and are told.
///
/// One differing character in six or more; another form of company or of English spelling; a branch beside
/// its bank or firm. Numbers and the like (甲 and 乙, 1 and 2, A and B) tell names apart on purpose.
struct NearNames {
  let notices: [LocalizedText]

  /// Beyond this many, no names are compared.
  static let nameLimit = 20_000

  init(_ names: [String], of kind: LocalizedText) {
    guard names.count > 1 else {
      notices = []
      return
    }
    guard names.count <= Self.nameLimit else {
      notices = [
        .init(
          en: "near-equal names of \(kind) were not looked for among \(grouped(names.count))",
          zh: "\(kind)达\(grouped(names.count))个，未查找相近的名称")
      ]
      return
    }
    var search = NearNameSearch(names)
    search.compareForms()
    search.compareCharacters()
    notices = search.pairs.isEmpty ? [] : [Self.text(search, of: kind)]
  }

  private static func text(_ search: NearNameSearch, of kind: LocalizedText) -> LocalizedText {
    let pairs = search.pairs.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    let shown = pairs.prefix(5).map { first, second in
      LocalizedText(
        en: "\(quoted(search.names[first])) and \(quoted(search.names[second]))",
        zh: "\(quoted(search.names[first]))与\(quoted(search.names[second]))")
    }
    let texts = shown.joined(with: .init(en: "; ", zh: "；"))
    let count = grouped(pairs.count)
    return LocalizedText(
      en: "near-equal names of \(kind), taken as different: \(count), \(texts)",
      zh: "相近而视为不同的\(kind)名称：\(count)对，\(texts)")
  }
}

/// The search for pairs.
private struct NearNameSearch {
  struct Pair: Hashable {
    let first: Int
    let second: Int
  }

  let names: [String]
  private var found: Set<Pair> = []
  private static let pairLimit = 10_000

  var pairs: [(Int, Int)] { found.map { ($0.first, $0.second) } }

  init(_ names: [String]) { self.names = names }

  private mutating func add(_ one: Int, _ other: Int) {
    guard one != other, found.count < Self.pairLimit else { return }
    found.insert(Pair(first: min(one, other), second: max(one, other)))
  }

  // MARK: Forms

  /// Names of which only the form of company, the case or the punctuation differs, and branches.
  mutating func compareForms() {
    var byCore: [String: Int] = [:]
    var positions: [String: Int] = [:]
    for (position, name) in names.enumerated() {
      positions[name] = position
      let core = core(name)
      guard core.count >= 2 else { continue }
      if let other = byCore[core] { add(other, position) } else { byCore[core] = position }
    }
    for (position, name) in names.enumerated()
    where branchEndings.contains(where: { name.hasSuffix($0) }) {
      var head = name.dropLast()
      while head.count >= 4 {
        if let other = positions[String(head)] {
          add(other, position)
          break
        }
        head = head.dropLast()
      }
    }
  }

  private func core(_ name: String) -> String {
    var core = name.lowercased().filter { !" .,-_&'()".contains($0) }[...]
    while let ending = formEndings.first(where: { core.hasSuffix($0) && core.count > $0.count }) {
      core = core.dropLast(ending.count)
    }
    return String(core)
  }

  // MARK: Characters

  /// Names of six characters or more that differ in one: replaced, left out or put in. Of two such names,
  /// both lack the same character, so that they meet at the name without it.
  mutating func compareCharacters() {
    var meetings: [UInt64: [(name: Int, at: Int)]] = [:]
    let signs = names.map { Array($0.prefix(60)) }
    for (position, name) in signs.enumerated() where name.count >= 6 {
      let words = name.map { UInt64(truncatingIfNeeded: $0.hashValue) | 1 }
      for (index, hash) in Self.hashes(words).enumerated() {
        meetings[hash, default: []].append((position, index - 1))
      }
    }
    for group in meetings.values where group.count > 1 {
      for (offset, one) in group.prefix(20).enumerated() {
        for other in group.prefix(20).dropFirst(offset + 1) where one.name != other.name {
          if isSlip(signs[one.name], one.at, signs[other.name], other.at) {
            add(one.name, other.name)
          }
        }
      }
    }
  }

  /// The hash of a name, then those of it without its first, second, … sign.
  private static func hashes(_ words: [UInt64]) -> [UInt64] {
    let base: UInt64 = 0x9E37_79B9_7F4A_7C15
    // Behind each sign, the hash of what follows it, and the power of the base for its length.
    var behind = [UInt64](repeating: 0, count: words.count + 1)
    var powers = [UInt64](repeating: 1, count: words.count + 1)
    for index in words.indices.reversed() {
      powers[index] = powers[index + 1] &* base
      behind[index] = behind[index + 1] &+ words[index] &* powers[index + 1]
    }
    var result = [behind[0]]
    var before: UInt64 = 0
    for index in words.indices {
      result.append(before &* powers[index + 1] &+ behind[index + 1])
      before = before &* base &+ words[index]
    }
    return result
  }

  /// Whether two names are alike but for these characters, and these do not number them.
  private func isSlip(_ one: [Character], _ first: Int, _ other: [Character], _ second: Int) -> Bool
  {
    var (left, right) = (one, other)
    if first >= 0 { left.remove(at: first) }
    if second >= 0 { right.remove(at: second) }
    guard left == right, first < 0 || second < 0 || first == second else { return false }
    let changed = (first < 0 ? [] : [one[first]]) + (second < 0 ? [] : [other[second]])
    if changed.contains(where: { $0.isNumber || numberingSigns.contains($0) }) { return false }
    // A letter by itself is a number, too; one within a word is not.
    return
      !(changed.allSatisfy { $0.isASCII && $0.isLetter } && isAlone(one, first)
      && isAlone(other, second))
  }

  private func isAlone(_ name: [Character], _ index: Int) -> Bool {
    guard index >= 0 else { return true }
    func isLetter(_ place: Int) -> Bool {
      name.indices.contains(place) && name[place].isASCII && name[place].isLetter
    }
    return !isLetter(index - 1) && !isLetter(index + 1)
  }
}

private let numberingSigns: Set<Character> = [
  "甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸", "子", "丑", "寅", "卯", "一", "二", "三", "四", "五",
  "六", "七",
  "八", "九", "十", "零", "百", "千", "东", "南", "西", "北", "上", "下", "大", "小",
]

private let branchEndings = ["分公司", "支行", "分行", "营业部", "分理处", "办事处", "分部", "储蓄所"]

/// The longer before the shorter.
private let formEndings = [
  "股份有限责任公司", "有限责任公司", "股份有限公司", "集团有限公司", "股份公司", "有限公司", "集团公司", "公司", "集团", "colimited",
  "coltd",
  "limited", "corporation", "company", "corp", "ltd", "inc", "llc",
]
