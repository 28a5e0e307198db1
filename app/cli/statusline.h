#pragma once

#include <QString>

#include <chrono>

namespace digitpad::cli {

/// One line at the bottom of a terminal that is written over again and again: a progress bar. Where standard
/// error is no terminal nothing is shown. One at a time.
class StatusLine
{
public:
    /// `enabled` false keeps it silent.
    explicit StatusLine(bool enabled = true);
    /// Takes the line away.
    ~StatusLine();
    StatusLine(const StatusLine&) = delete;
    StatusLine& operator=(const StatusLine&) = delete;

    [[nodiscard]] bool enabled() const { return m_enabled; }
    /// True at most ten times a second: whether it is time to compose a new text.
    [[nodiscard]] bool due() const;
    /// Shows the text, cut to the terminal's width.
    void show(const QString& text);

    /// Takes the line away for something else to be printed; the next show() brings it back.
    static void makeRoom();

private:
    bool m_enabled;
    std::chrono::steady_clock::time_point m_shown;
};

/// "[=======>      ]" in `width` columns, brackets included; `part` is 0 to 1.
[[nodiscard]] QString progressBar(double part, int width);
/// "1:05", "2:01:05".
[[nodiscard]] QString clockTime(double seconds);

} // namespace digitpad::cli
