import Foundation
import FundCore
import PlanningPage
import PlanningServer
import ScenarioInput

/// The bytes of a connection, behind a byte that says in how large pieces they arrive: however they are cut, the same
/// requests are read, and each is let in or refused.
func readsRequests(_ bytes: [UInt8]) {
  guard let first = bytes.first else { return }
  let stream = Array(bytes.dropFirst())
  let whole = requests(of: stream, inPiecesOf: max(1, stream.count))
  let pieces = requests(of: stream, inPiecesOf: Int(first) + 1)
  precondition(whole == pieces, "what is read hangs on how it arrives")
  let (limits, rule) = (HTTPLimits(), AccessRule(port: 8_080, token: "0123456789abcdef"))
  for request in whole.requests {
    precondition(request.body.count <= limits.body && request.fields.count <= limits.fields)
    precondition(request.path.hasPrefix("/") && request.path.utf8.count <= limits.requestLine)
    if case .success = rule.place(of: request) {
      precondition(request.path.hasPrefix("/0123456789abcdef/") && request.value(of: "host") != nil)
    }
  }
}

/// What a connection comes to.
private struct Conversation: Equatable {
  var requests: [HTTPRequest] = []
  var isRefused = false
}

private func requests(of stream: [UInt8], inPiecesOf size: Int) -> Conversation {
  var parser = RequestParser()
  var found = Conversation()
  for start in stride(from: 0, to: stream.count, by: size) {
    parser.take(stream[start..<min(start + size, stream.count)])
    reading: while true {
      switch parser.next() {
      case .incomplete: break reading
      case .request(let request): found.requests.append(request)
      case .refused:
        found.isRefused = true
        return found
      }
    }
  }
  return found
}

private let desk: PlanDesk? = {
  let path = write("planned.yaml", Array(generatedScenario.utf8))
  guard let base = try? PlanBase(path: path, choices: ScenarioChoices()) else { return nil }
  return PlanDesk(base, version: "fuzz", effort: PlanDesk.Effort(trials: 40, threads: 1))
}()

/// A wish of the page: what it asks for is refused in words, or saved as a scenario that can be read.
func readsWish(_ bytes: [UInt8]) {
  guard let desk else {
    print("the harness's own scenario has no page")
    exit(2)
  }
  guard let wish = PlanWish(parsing: bytes) else { return }
  do throws(Diagnostics) {
    let text = try desk.text(of: wish)
    do throws(Diagnostics) {
      _ = try readScenario(path: write("saved.yaml", Array(text.utf8)))
    } catch {
      preconditionFailure("what was saved cannot be read: \(error)")
    }
  } catch {
    expectWords(error)
  }
}
