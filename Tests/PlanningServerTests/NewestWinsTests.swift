import Dispatch
import PlanningServer
import Synchronization
import Testing

/// One piece of work at a time, the newest first.
struct `Of several wishes the newest` {
  private final class Notes: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
  }

  @Test func `stops the one under way and takes the place of the one that waits`() {
    let (queue, notes) = (NewestWins(name: "test"), Notes())
    let (began, mayEnd, done) = (
      DispatchSemaphore(value: 0), DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)
    )
    queue.wish { turn in
      began.signal()
      mayEnd.wait()
      notes.add("first \(turn.isOvertaken)")
    } ifOvertaken: {
    }
    began.wait()
    queue.wish { _ in
      notes.add("second is done")
    } ifOvertaken: {
      notes.add("second is not done")
    }
    queue.wish {
      notes.add("third \($0.isOvertaken)")
      done.signal()
    } ifOvertaken: {
    }
    mayEnd.signal()
    done.wait()
    #expect(notes.all == ["second is not done", "first true", "third false"])
  }

  @Test func `never works beside another`() {
    let queue = NewestWins(name: "test")
    let busy = Atomic<Int>(0)
    let most = Atomic<Int>(0)
    let done = DispatchSemaphore(value: 0)
    for number in 0..<200 {
      queue.wish { _ in
        let now = busy.add(1, ordering: .relaxed).newValue
        if now > most.load(ordering: .relaxed) { most.store(now, ordering: .relaxed) }
        busy.subtract(1, ordering: .relaxed)
        if number == 199 { done.signal() }
      } ifOvertaken: {
      }
    }
    done.wait()
    #expect(most.load(ordering: .relaxed) == 1)
  }

  @Test func `waits for an errand, of which there is one`() {
    let (queue, notes) = (NewestWins(name: "test"), Notes())
    let (began, mayEnd, done) = (
      DispatchSemaphore(value: 0), DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)
    )
    let isTaken = queue.errand { turn in
      began.signal()
      mayEnd.wait()
      notes.add("errand \(turn.isOvertaken)")
    }
    began.wait()
    let isSecondTaken = queue.errand { _ in notes.add("never") }
    queue.wish { _ in
      notes.add("wish")
      done.signal()
    } ifOvertaken: {
    }
    mayEnd.signal()
    done.wait()
    #expect(isTaken && !isSecondTaken)
    #expect(notes.all == ["errand false", "wish"])
  }
}
