#pragma once

namespace digitpad::cli {

/// While one lives, the first Ctrl+C (or SIGTERM) is a request that the work looks at between two steps, and
/// the second ends the program as usual. One at a time.
class Interrupt
{
public:
    Interrupt();
    /// The signals do what they did before.
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    /// Any thread.
    [[nodiscard]] bool requested() const;
    /// A descriptor that turns readable with the request, for event loops; -1 where the system gave none.
    [[nodiscard]] int descriptor() const;
};

} // namespace digitpad::cli
