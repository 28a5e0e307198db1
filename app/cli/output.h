#pragma once

#include <QByteArray>

namespace digitpad::cli {

/// The results' way out: buffered, and nothing is lost where the reader is slow. A write that fails is
/// remembered and ends the writing, so callers look at ok() where it pays to stop early, and at the end.
class Output
{
public:
    /// Writes to an open descriptor, which stays the caller's.
    explicit Output(int descriptor);
    /// Flushes.
    ~Output();
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    void write(const QByteArray& text);
    bool flush();

    [[nodiscard]] bool ok() const { return m_error == 0; }
    /// The reader closed its end, as `head` does: no error, but the end of the work.
    [[nodiscard]] bool readerGone() const;
    /// errno of the write that failed; 0 where none did.
    [[nodiscard]] int error() const { return m_error; }

private:
    int m_descriptor;
    int m_error = 0;
    QByteArray m_buffer;
};

/// Takes standard output for the program alone and gives its new descriptor: whatever a library prints on
/// standard output from now on goes to standard error, so that results stay readable by machines. Also makes
/// sure that the first three descriptors are taken, lest a file that is opened later receives what is meant
/// for one of them.
int takeStandardOutput();

} // namespace digitpad::cli
