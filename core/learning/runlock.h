#pragma once

#include "core/base/result.h"

#include <QString>

namespace digitpad {

/// Locks of a run's folder, on its file "lock": one for whoever trains the run, held for long, and one for
/// whoever changes run.json, held for a moment. They belong to the open file (fcntl's F_OFD_SETLK), so that
/// the system frees them whatever becomes of the process, and threads shut each other out as processes do.
/// Where files cannot be locked, on some network drives, everybody gets them.
class RunLock
{
public:
    enum class Purpose {
        Train, ///< Taken at once or not at all: ErrorCode::Unavailable.
        Edit,  ///< Waits for up to five seconds.
    };
    /// No such folder is ErrorCode::NotFound.
    static Result<RunLock> take(const QString& runFolder, Purpose purpose);
    /// Whether somebody trains the run; takes nothing.
    static bool training(const QString& runFolder);

    RunLock(RunLock&& other) noexcept;
    RunLock& operator=(RunLock&&) = delete;
    ~RunLock();

private:
    explicit RunLock(int descriptor)
        : m_descriptor(descriptor)
    {
    }

    int m_descriptor;
};

} // namespace digitpad
