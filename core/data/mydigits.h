#pragma once

#include "core/data/mydigit.h"

#include <QObject>
#include <QString>

#include <array>
#include <memory>
#include <vector>

namespace digitpad {

/// The person's own collection of labelled drawings, one for the whole program. It is kept as JSON Lines, and
/// no other program's change of the file, another DigitPad's included, is overwritten. The façade lives on
/// the GUI thread and never waits for the disk; files are read and written on a thread of its own.
///
/// A change shows in digits() at once and goes to the file in order. Where the file cannot be written (a full
/// disk), failed() says so, the change stays here, and the next change or retry() tries again.
class MyDigits : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Loading, ///< digits() holds only what was added meanwhile.
        Ready,
        Failed, ///< The file is there and cannot be read: message() says why. add() tries to write all the
                ///< same.
    };
    Q_ENUM(State)

    /// "my-digits.jsonl" in the application's data folder.
    static QString defaultPath();

    /// Nothing is read before start().
    explicit MyDigits(QString path = defaultPath(), QObject* parent = nullptr);
    /// Waits until the changes so far are in the file or could not be written.
    ~MyDigits() override;

    /// Reads the file; stateChanged() follows. No file is an empty collection. To be called once, after the
    /// first paint.
    void start();
    [[nodiscard]] State state() const;
    [[nodiscard]] QString message() const;
    [[nodiscard]] QString path() const;

    /// In the order in which they came to the collection. Valid until the next call that is not const or the
    /// next return to the event loop; a copy costs a few pointers a digit.
    [[nodiscard]] const std::vector<MyDigit>& digits() const;
    /// Null where there is none (any more).
    [[nodiscard]] const MyDigit* find(quint64 id) const;
    /// How many of each digit.
    [[nodiscard]] std::array<int, digitClasses> counts() const;
    /// Lines of the file that are no labelled digits. They stay in the file as they are.
    [[nodiscard]] int otherLines() const;
    /// True while changes are on their way to the file or could not be written to it.
    [[nodiscard]] bool hasUnsavedChanges() const;
    /// Why changes could not be written, as failed() said it; empty once they are in the file.
    [[nodiscard]] QString saveProblem() const;

    /// `digit` is 0 to 9. Returns its id, or 0 for ink without points, which is not taken.
    quint64 add(const Ink& ink, int digit);
    /// Both return what the digits concerned were, for restore(); ids that are no longer there and labels
    /// that are so already are passed over.
    std::vector<MyDigit> relabel(const std::vector<quint64>& ids, int digit);
    std::vector<MyDigit> remove(const std::vector<quint64>& ids);
    /// Undoes relabel() and remove(): digits come back under their ids, at their places, with their labels.
    void restore(const std::vector<MyDigit>& before);

    /// Adds what another collection (.jsonl, .jsonl.gz) has and this one has not; imported() or failed()
    /// follows. All of it or, where it fails, nothing.
    void importFrom(const QString& path);
    /// Writes the digits with these ids as JSON Lines, all digits where there are none; exported() or
    /// failed() follows. Atomic.
    void exportTo(const QString& path, const std::vector<quint64>& ids = {});
    /// Tries again to write changes that could not be written; saved() or failed() follows.
    void retry();
    /// Takes over what another program changed in the file meanwhile, if it did.
    void refresh();

Q_SIGNALS:
    void stateChanged(digitpad::MyDigits::State state);
    /// digits(), an image or otherLines() is another. Once per change, whatever its size.
    void changed();
    /// Every change so far is in the file.
    void saved();
    /// Counts: digits added, digits that were there already, lines that are no labelled digits.
    void imported(const QString& path, int added, int duplicates, int skipped);
    void exported(const QString& path, int count);
    /// One sentence for the person: a file cut off by a power loss was mended, another program changed a
    /// digit.
    void noticed(const QString& message);
    /// One sentence for the person. Nothing is lost: see retry().
    void failed(const QString& message);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace digitpad
