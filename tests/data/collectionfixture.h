#pragma once

#include "core/data/mydigit.h"
#include "core/ink/inkfile.h"
#include "tests/support/samples.h"
#include "tests/testfiles.h"

#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

namespace digitpad::test {

/// A drawing that no other number gives.
inline Ink drawing(int number)
{
    return seven(2 + 0.25F * float(number % 40), float(number), 100, 60);
}

inline QByteArray lineFor(int number, int digit)
{
    return toJsonLine({drawing(number), std::to_string(digit), {}, {}, {}}) + '\n';
}

/// Makes the disk full, as far as files above `bytes` are concerned, for as long as it lives.
class FullDisk
{
public:
    explicit FullDisk(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit small{bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit m_before{};
};

} // namespace digitpad::test
