import Testing

/// What a reader can hold in mind at once.
struct `Budgets` {
  @Test func `a file has at most 300 lines`() {
    let long = (SourceFile.sources + SourceFile.tests).filter { $0.lineCount > 300 }
      .map { "\($0.path): \($0.lineCount) lines" }
    #expect(long == [])
  }

  @Test func `a folder has at most 16 source files`() {
    let folders = Dictionary(grouping: SourceFile.sources) {
      $0.path.split(separator: "/").dropLast().joined(separator: "/")
    }
    #expect(folders.filter { $1.count > 16 }.map { "\($0): \($1.count) files" } == [])
  }

  @Test func `a function has at most 50 lines, comments not counted`() {
    let long = SourceFile.sources.flatMap { file in
      file.declarations.compactMap { item -> String? in
        guard let body = item.body else { return nil }
        let count = file.codeLineCount(in: item.line...max(item.line, body.upperBound))
        return count > 50 ? "\(file.place(item.line)): \(item.name) has \(count) lines" : nil
      }
    }
    #expect(long == [])
  }

  /// A log that only listens is not counted: `settle` and `divideRecovery` take one as their last.
  @Test func `a function takes at most five parameters`() {
    let greedy = SourceFile.sources.flatMap { file in
      file.declarations.filter { item in
        let signature = file.code[item.line..<min(item.line + 6, file.code.count)].joined()
        let logCount = signature.contains("log: inout some SettlementLog") ? 1 : 0
        return item.kind == .function && item.parameterCount - logCount > 5
      }
      .map { "\(file.place($0.line)): \($0.name) takes \($0.parameterCount)" }
    }
    #expect(greedy == [])
  }

  @Test func `an initialiser takes more than five parameters only to store them`() {
    let greedy = SourceFile.sources.flatMap { file in
      file.declarations.compactMap { item -> String? in
        guard item.kind == .initialiser, item.parameterCount > 5, let body = item.body,
          !storesOnly(file.code[body])
        else { return nil }
        return "\(file.place(item.line)): takes \(item.parameterCount)"
      }
    }
    #expect(greedy == [])
  }

  private func storesOnly(_ lines: ArraySlice<String>) -> Bool {
    lines.dropFirst().dropLast().allSatisfy { line in
      // An assignment or a precondition: no branch, no loop, no closure.
      let rest = line.drop { $0 == " " }
      return rest.isEmpty || rest.hasPrefix("precondition(")
        || (rest.contains(" = ") && !rest.contains("{"))
    }
  }

  @Test func `the counter of lines and parameters counts`() throws {
    var blanking = CodeBlanking()
    let text = "a // {\n\"x { \\(b(\"}\")) {\" /* \"{ */ c `d {`"
    #expect(blanking.code(of: text) == "a     \n\"     (b(\" \"))  \"          c      ")
    let file = SourceFile("Tests/TidyTests/BudgetTests.swift")
    let counter = try #require(file.declarations.first { $0.name == "storesOnly" })
    #expect(counter.parameterCount == 1)
    #expect(counter.body.map { file.codeLineCount(in: $0) } == 7)
  }
}
