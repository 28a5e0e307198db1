#pragma once

#include <csignal>
#include <sys/resource.h>

namespace digitpad::test {

/// While it lives no file of this process can grow beyond `bytes`: as on a full disk.
class FullDisk
{
public:
    explicit FullDisk(rlim_t bytes)
    {
        m_handler = std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit low{bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &low);
    }
    ~FullDisk()
    {
        setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    void (*m_handler)(int) = nullptr;
    rlimit m_before{};
};

} // namespace digitpad::test
