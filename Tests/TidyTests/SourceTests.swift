import Testing

/// What the sources do not contain.
struct `Sources` {
  /// Where money and proportions become numbers for statistics, and nowhere else below them.
  static let documentedDoubles: Set<String> = [
    "Sources/FundCore/Values/Money.swift: public var yuan: Double { Double(fen) / 100 }",
    "Sources/FundCore/Values/Ratio.swift: public var value: Double { Double(millionths) / 1_000_000 }",
  ]

  @Test func `money and law are free of floating point`() {
    let lawful: Set<String> = ["FundCore", "CompensationKernel"]
    let floats = SourceFile.sources.filter { lawful.contains($0.target) }.flatMap { file in
      file.lines(with: ["Double", "Float", "Float32", "Float64", "CGFloat"]).filter { index in
        let line = file.lines[index].drop { $0 == " " }
        return !Self.documentedDoubles.contains("\(file.path): \(line)")
      }.map { file.place($0) }
    }
    #expect(floats == [])
  }

  @Test func `the documented exceptions exist`() {
    let lines = Set(
      SourceFile.sources.filter { $0.target == "FundCore" }.flatMap { file in
        file.lines.map { "\(file.path): \($0.drop { $0 == " " })" }
      })
    #expect(Self.documentedDoubles.isSubset(of: lines))
  }

  @Test func `no input can end the program in a trap of its own`() {
    let traps = SourceFile.sources.flatMap { file in
      file.code.indices.filter { index in
        file.code[index].contains("try!") || file.words(index).contains("fatalError")
      }.map { file.place($0) }
    }
    #expect(traps == [])
  }

  /// The wall clock can jump, so no run goes by it; results have no time stamps either.
  /// `DispatchTime` only goes forward.
  @Test func `nothing reads the wall clock`() {
    let clocks: Set<String> = [
      "Date", "DispatchWallTime", "wallDeadline", "CFAbsoluteTimeGetCurrent", "gettimeofday",
      "clock_gettime", "localtime", "gmtime", "timespec_get", "CLOCK_REALTIME",
    ]
    #expect(SourceFile.sources.flatMap { file in file.lines(with: clocks).map(file.place) } == [])
  }

  @Test func `no value is unwrapped by force`() {
    let forced = SourceFile.sources.flatMap { file in
      file.code.indices.filter { hasForce(Array(file.code[$0])) }.map { file.place($0) }
    }
    #expect(forced == [])
  }

  /// Whether a `!` stands behind a value or a type.
  private func hasForce(_ signs: [Character]) -> Bool {
    signs.indices.dropFirst().contains { place in
      guard signs[place] == "!" else { return false }
      let before = signs[place - 1]
      let next = place + 1 < signs.count ? signs[place + 1] : " "
      let isBehindValue = before.isLetter || before.isNumber || "_)]}\"`?".contains(before)
      return isBehindValue && next != "="
    }
  }

  @Test func `a note for later names its issue`() {
    let loose = SourceFile.sources.flatMap { file in
      file.lines.indices.filter { index in
        ["TODO", "FIXME", "XXX"].contains { mark in
          file.lines[index].ranges(of: mark).contains { range in
            !file.lines[index][range.upperBound...].prefix(12).contains("#")
          }
        }
      }.map { file.place($0) }
    }
    #expect(loose == [])
  }

  /// What a reading is stands in the programme files; code asks what it sets.
  @Test func `no source knows a reading by its number`() {
    let numbered = SourceFile.sources.flatMap { file in
      file.lines.indices.filter { index in
        let line = file.lines[index].drop { $0 == " " }
        return !line.hasPrefix("//") && line.contains("\"I-")
      }.map { file.place($0) }
    }
    #expect(numbered == [])
  }

  /// A sixth city is a file of terms, one of its text and one of its cases; the list of those that
  /// are embedded is held against the folder by PolicyLibraryTests. Nothing else names them all.
  @Test func `no list of all programmes is kept by hand beside the one that embeds them`() {
    let ids = Repository.files(in: "Sources/PolicyLibrary/Programmes", ending: ".yaml")
      .compactMap { $0.split(separator: "/").last.map { $0.dropLast(5) } }
    #expect(ids.count >= 5)
    let kept = ["Sources/PolicyLibrary/BuiltInProgrammes.swift"]
    let lists =
      SourceFile.sources.map { ($0.path, $0.lines.joined()) }
      + ["scenarios/scenario.schema.json", ".ci/run", "benchmarks/cases.py"].map {
        ($0, Repository.text($0))
      }
    let all = lists.filter { path, text in
      !kept.contains(path) && ids.allSatisfy { text.contains("\"\($0)\"") }
    }.map(\.0)
    #expect(all == [])
  }

  @Test func `a file begins with code or its documentation, not with a banner`() {
    let banners = (SourceFile.sources + SourceFile.tests).filter { file in
      let first = file.lines.first ?? ""
      // A single remark is none: a banner has a second line, or no text.
      let second = file.lines.dropFirst().first ?? ""
      let isRemark = first.hasPrefix("// ") && !second.hasPrefix("//")
      return first.hasPrefix("/*")
        || (first.hasPrefix("//") && !first.hasPrefix("///") && !isRemark)
    }.map(\.path)
    #expect(banners == [])
  }

  @Test func `no code is kept in comments`() {
    let dead = SourceFile.sources.flatMap { file in
      file.lines.indices.filter { index in
        let line = file.lines[index].drop { $0 == " " }
        guard line.hasPrefix("// ") else { return false }
        return line.hasSuffix("{") || line.hasSuffix("}") || line.hasPrefix("// let ")
      }.map { file.place($0) }
    }
    #expect(dead == [])
  }
}

extension SourceFile {
  /// The words of a line of code.
  func words(_ index: Int) -> Set<String> {
    Set(code[index].split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
  }

  /// The lines of code with any of these words.
  func lines(with forbidden: Set<String>) -> [Int] {
    code.indices.filter { !words($0).isDisjoint(with: forbidden) }
  }
}
