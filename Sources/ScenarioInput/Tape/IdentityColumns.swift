import CompensationKernel
import FundCore

/// What a tape says of its loans' identity.
struct IdentityColumns {
  /// Whether loans have names of their own.
  let hasIDs: Bool
  /// Whether enterprises have; otherwise each loan is one.
  let hasEnterprises: Bool

  /// Loans and enterprises have names.
  static let named = IdentityColumns(hasIDs: true, hasEnterprises: true)

  init(hasIDs: Bool, hasEnterprises: Bool) {
    self.hasIDs = hasIDs
    self.hasEnterprises = hasEnterprises
  }

  init(_ mapping: TapeMapping) {
    hasIDs = mapping.columns[.id] != nil
    hasEnterprises = mapping.columns[.enterprise] != nil
  }
}

extension LoanTape {
  /// Puts the loans into the order of their identity, and gives each its number, so that nothing hangs
  /// on the order of a file.
  ///
  /// A loan is its id; without ids its content, and a running number among equals. Ids go in the order
  /// of people, 9 before 10; contents by start and hash. Banks go by what they lend and name, sectors and
  /// grades by name, enterprises as their loans do. What is walked, settled or printed in portfolio order
  /// then is in the order of identity.
  ///
  /// - Parameters:
  ///   - columns: Which names the tape has. Loans without get their place in the order as a name, unless
  ///     other files name them by their rows.
  ///   - isNamedByRow: Whether other files do.
  ///   - history: What further fixes a loan without an id.
  /// - Returns: For each place the loan's place before.
  @discardableResult
  mutating func orderByIdentity(
    _ columns: IdentityColumns, isNamedByRow: Bool = false, history: (Int) -> String = { _ in "" }
  ) -> [Int] {
    let order = columns.hasIDs ? orderByName() : orderByContent(columns, history)
    var taken = Set<UInt64>(minimumCapacity: order.count)
    var equals = 0
    let sorted = order.indices.map { place in
      let item = order[place]
      var loan = loans[item.index]
      let isAgain =
        place > 0 && order[place - 1].major == item.major && order[place - 1].minor == item.minor
      equals = isAgain && !columns.hasIDs ? equals + 1 : 0
      loan.identity = identityHash(
        of: columns.hasIDs ? loan.id : "\(item.major) \(item.minor) \(equals)")
      // Two names of one number: the later in the order takes the next that is free.
      while !taken.insert(loan.identity).inserted {
        loan.identity = identityHash(of: "\(loan.identity)")
      }
      if !columns.hasIDs, !isNamedByRow { loan.id = String(place + 1) }
      return loan
    }
    loans = sorted
    renumberNames(namesOwnLoans: !columns.hasEnterprises)
    if !digestInput.isEmpty { digestInput = digestSummary() }
    return order.map(\.index)
  }

  // MARK: Order

  /// A loan's place in the order: two numbers first, then what they leave open.
  private struct OrderKey {
    let major: UInt64
    let minor: UInt64
    let index: Int
  }

  private func orderByName() -> [OrderKey] {
    // Long numbers have their first sixteen bytes in common; so the keys are kept.
    let keys = loans.map { naturalKey(of: $0.id) }
    return keys.enumerated().map { index, key in
      OrderKey(
        major: leadingWord(key.prefix(8)), minor: leadingWord(key.dropFirst(8).prefix(8)),
        index: index)
    }.sorted { left, right in
      if left.major != right.major { return left.major < right.major }
      if left.minor != right.minor { return left.minor < right.minor }
      let (first, second) = (keys[left.index], keys[right.index])
      guard first == second else { return first.lexicographicallyPrecedes(second) }
      // Names that differ in leading zeros only.
      return loans[left.index].id.utf8.lexicographicallyPrecedes(loans[right.index].id.utf8)
    }
  }

  private func orderByContent(_ columns: IdentityColumns, _ history: (Int) -> String) -> [OrderKey]
  {
    loans.indices.map { index in
      // Another basis gives a second hash: both together do not meet by chance.
      let hashes = [FNVHash(), FNVHash(value: 0x6C62_272E_07BB_0142)].map { basis in
        var hash = basis
        var loan = loans[index]
        if columns.hasEnterprises { hash.add(enterprises[Int(loan.enterprise)]) }
        hash.add(banks.isEmpty ? "" : banks[Int(loan.bank)])
        hash.add(sectors.isEmpty ? "" : sectors[Int(loan.sector)])
        hash.add(loan.grade < 0 ? "" : grades[Int(loan.grade)])
        hash.add(missingFactSets[Int(loan.missingFacts)].sorted().joined(separator: ","))
        hash.add(history(index))
        (loan.id, loan.enterprise, loan.bank, loan.sector) = ("", 0, 0, 0)
        (loan.grade, loan.missingFacts) = (0, 0)
        hash.add(loan)
        return hash.value
      }
      return OrderKey(major: hashes[0], minor: hashes[1], index: index)
    }.sorted { left, right in
      let starts = (loans[left.index].start, loans[right.index].start)
      if starts.0 != starts.1 { return starts.0 < starts.1 }
      return (left.major, left.minor) < (right.major, right.minor)
    }
  }

  // MARK: Names

  /// Numbers banks, sectors, grades, facts and enterprises anew, in an order that no file gives.
  private mutating func renumberNames(namesOwnLoans: Bool) {
    var lent = [Int64](repeating: 0, count: banks.count)
    for loan in loans where lent.indices.contains(Int(loan.bank)) {
      lent[Int(loan.bank)] += loan.principal.fen
    }
    let bankPlaces = Self.places(of: &banks) { left, right in
      if lent[left.index] != lent[right.index] { return lent[left.index] > lent[right.index] }
      return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
    let sectorPlaces = Self.places(of: &sectors) {
      $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    }
    let gradePlaces = Self.places(of: &grades) {
      $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    }
    let factPlaces = Self.places(of: &missingFactSets) { left, right in
      left.name.sorted().lexicographicallyPrecedes(right.name.sorted())
    }
    var enterprisePlaces = [Int32](repeating: -1, count: enterprises.count)
    var names: [String] = []
    names.reserveCapacity(enterprises.count)
    for index in loans.indices {
      let before = Int(loans[index].enterprise)
      if enterprisePlaces[before] < 0 {
        enterprisePlaces[before] = Int32(names.count)
        names.append(namesOwnLoans ? loans[index].id : enterprises[before])
      }
      loans[index].enterprise = enterprisePlaces[before]
      if !bankPlaces.isEmpty { loans[index].bank = Int32(bankPlaces[Int(loans[index].bank)]) }
      if !sectorPlaces.isEmpty {
        loans[index].sector = Int16(sectorPlaces[Int(loans[index].sector)])
      }
      if loans[index].grade >= 0 {
        loans[index].grade = Int16(gradePlaces[Int(loans[index].grade)])
      }
      loans[index].missingFacts = Int32(factPlaces[Int(loans[index].missingFacts)])
    }
    let unused = enterprises.indices.filter { enterprisePlaces[$0] < 0 }.sorted {
      enterprises[$0].utf8.lexicographicallyPrecedes(enterprises[$1].utf8)
    }
    for (place, before) in unused.enumerated() {
      enterprisePlaces[before] = Int32(names.count + place)
    }
    enterprises = names + unused.map { enterprises[$0] }
    renumberLeftOut(enterprisePlaces, factPlaces, bankPlaces)
  }

  /// Gives the loans that are not simulated, and the enterprises in default, their new numbers; loans of
  /// one month go by their names and amounts.
  private mutating func renumberLeftOut(
    _ enterprisePlaces: [Int32], _ factPlaces: [Int], _ bankPlaces: [Int]
  ) {
    defaulted = Set(defaulted.map { enterprisePlaces[Int($0)] })
    for index in earlier.indices {
      earlier[index].enterprise = enterprisePlaces[Int(earlier[index].enterprise)]
      let bank = Int(earlier[index].bank)
      if bankPlaces.indices.contains(bank) { earlier[index].bank = Int32(bankPlaces[bank]) }
      earlier[index].missingFacts = Int32(factPlaces[Int(earlier[index].missingFacts)])
    }
    earlier.sort { left, right in
      if left.start != right.start { return left.start < right.start }
      let keys = (naturalKey(of: left.id), naturalKey(of: right.id))
      if keys.0 != keys.1 { return keys.0.lexicographicallyPrecedes(keys.1) }
      return (left.enterprise, left.principal, left.ipPart)
        < (right.enterprise, right.principal, right.ipPart)
    }
  }

  /// Sorts names and says where each one went.
  private static func places<Name>(
    of names: inout [Name],
    by precedes: ((index: Int, name: Name), (index: Int, name: Name)) -> Bool
  ) -> [Int] {
    let sorted = names.enumerated().map { (index: $0.offset, name: $0.element) }.sorted(
      by: precedes)
    var places = [Int](repeating: 0, count: names.count)
    for (place, item) in sorted.enumerated() { places[item.index] = place }
    names = sorted.map(\.name)
    return places
  }
}

extension RegisterTape {
  /// Puts the loans into the order of their identity, each with its history.
  mutating func orderByIdentity(_ columns: IdentityColumns) {
    let histories = histories
    let order = tape.orderByIdentity(columns, isNamedByRow: true) { index in
      let alone = RegisterTape(tape: LoanTape(), histories: [histories[index]], unusedIDs: [])
      return String(decoding: alone.digestInput, as: UTF8.self)
    }
    self.histories = order.map { histories[$0] }
  }
}

/// A name as bytes whose order is that of people: a run of digits is as large as its number.
///
/// A run stands as the digit 0, how many digits it has without leading zeros, and these.
private func naturalKey(of name: String) -> [UInt8] {
  let bytes = Array(name.utf8)
  let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
  var key: [UInt8] = []
  key.reserveCapacity(bytes.count + 8)
  var place = 0
  while place < bytes.count {
    guard digits.contains(bytes[place]) else {
      key.append(bytes[place])
      place += 1
      continue
    }
    while place < bytes.count, bytes[place] == digits.lowerBound { place += 1 }
    let first = place
    while place < bytes.count, digits.contains(bytes[place]) { place += 1 }
    key.append(digits.lowerBound)
    key.append(UInt8(clamping: place - first))
    key += bytes[first..<place]
  }
  return key
}

/// Up to eight bytes as a number of their order.
private func leadingWord(_ bytes: ArraySlice<UInt8>) -> UInt64 {
  var word: UInt64 = 0
  for byte in bytes { word = word << 8 | UInt64(byte) }
  return word << UInt64(8 * (8 - bytes.count))
}
