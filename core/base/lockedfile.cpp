#include "core/base/lockedfile.h"

#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

namespace digitpad {

namespace {

constexpr auto longestWait = std::chrono::seconds(5);
constexpr auto betweenTries = std::chrono::milliseconds(5);

FileStamp stampOf(const struct stat& status)
{
    constexpr std::int64_t nanoseconds = 1'000'000'000;
    return {status.st_dev, status.st_ino, status.st_size,
            status.st_mtim.tv_sec * nanoseconds + status.st_mtim.tv_nsec};
}

Error readError(const std::string& path, int number)
{
    if (number == ENOENT) {
        return {ErrorCode::NotFound, "There is no file “" + path + "”; check the name."};
    }
    if (number == EISDIR) {
        return {ErrorCode::InvalidInput,
                "“" + path + "” is a folder; move it out of the way, then try again."};
    }
    if (number == EINVAL) {
        return {ErrorCode::InvalidInput, "“" + path + "” is no ordinary file; move it away, then try again."};
    }
    return {ErrorCode::Io, "“" + path + "” cannot be read; check that you may read it, then try again.",
            std::generic_category().message(number)};
}

void makeFolderOf(const std::string& path)
{
    std::error_code code; // What is wrong shows when the file is opened.
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), code);
}

/// Makes the name of a new file last through a power cut.
void syncFolderOf(const std::string& path)
{
    const auto folder = std::filesystem::path(path).parent_path();
    const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        fsync(descriptor);
        close(descriptor);
    }
}

struct Opened
{
    int descriptor = -1;
    bool writable = true;
};

/// -1 with errno set where that fails.
Opened openOnce(const std::string& path, LockedFile::Mode mode)
{
    constexpr int flags = O_APPEND | O_CLOEXEC | O_NONBLOCK; // A pipe in the file's place must not hang.
    if (mode == LockedFile::Mode::Create) {
        int descriptor = ::open(path.c_str(), flags | O_RDWR | O_CREAT | O_EXCL, 0666);
        if (descriptor >= 0) {
            syncFolderOf(path);
        } else if (errno == EEXIST) {
            descriptor = ::open(path.c_str(), flags | O_RDWR | O_CREAT, 0666);
        }
        return {descriptor, true};
    }
    const int descriptor = ::open(path.c_str(), flags | O_RDWR);
    if (descriptor >= 0 || (errno != EACCES && errno != EPERM && errno != EROFS)) {
        return {descriptor, true};
    }
    return {::open(path.c_str(), flags | O_RDONLY), false};
}

/// False after a wait that was too long. A lock that waits would wait for ever for a program that was
/// stopped.
bool lock(int descriptor)
{
    const auto end = std::chrono::steady_clock::now() + longestWait;
    while (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR) {
            return true; // The file system has no locks.
        }
        if (std::chrono::steady_clock::now() >= end) {
            return false;
        }
        std::this_thread::sleep_for(betweenTries);
    }
    return true;
}

bool isRegular(int descriptor)
{
    struct stat status = {};
    return fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

/// False with errno set.
bool writeAll(int descriptor, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) {
            return false;
        }
        bytes.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
    return true;
}

} // namespace

Error storeError(const std::string& path, int number)
{
    const char* reason = "check that its disk is there and sound, then try again";
    switch (number) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        reason = "the disk is full; make room, then try again";
        break;
    case EACCES:
    case EPERM:
    case EROFS:
    case EBADF:
        reason = "writing there is not allowed; allow it, then try again";
        break;
    case ENOENT:
    case ENOTDIR:
        reason = "its folder cannot be made; check that its disk is there, then try again";
        break;
    case EISDIR:
        reason = "there is a folder of that name; move it out of the way, then try again";
        break;
    default:
        break;
    }
    return {ErrorCode::Io, "“" + path + "” cannot be written: " + reason + ".",
            std::generic_category().message(number)};
}

FileStamp FileStamp::of(const std::string& path)
{
    struct stat status = {};
    return stat(path.c_str(), &status) == 0 ? stampOf(status) : FileStamp();
}

LockedFile::LockedFile(int descriptor, std::string path, bool writable)
    : m_descriptor(descriptor)
    , m_path(std::move(path))
    , m_writable(writable)
{
}

LockedFile::LockedFile(LockedFile&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_path(std::move(other.m_path))
    , m_writable(other.m_writable)
{
}

LockedFile::~LockedFile()
{
    if (m_descriptor >= 0) {
        close(m_descriptor); // And with it goes the lock.
    }
}

Result<LockedFile> LockedFile::open(const std::string& path, Mode mode)
{
    if (mode == Mode::Create) {
        makeFolderOf(path);
    }
    for (;;) {
        const Opened opened = openOnce(path, mode);
        if (opened.descriptor < 0) {
            return mode == Mode::Create ? storeError(path, errno) : readError(path, errno);
        }
        LockedFile file(opened.descriptor, path, opened.writable);
        if (!isRegular(opened.descriptor)) {
            return readError(path, EINVAL);
        }
        if (!lock(opened.descriptor)) {
            return Error{ErrorCode::Io,
                         "“" + path + "” is in use by another program; close that or try again in a moment."};
        }
        // Whoever had the lock may have put another file in its place.
        const FileStamp there = FileStamp::of(path);
        const FileStamp mine = file.stamp();
        if (there.inode == mine.inode && there.device == mine.device) {
            return file;
        }
    }
}

FileStamp LockedFile::stamp() const
{
    struct stat status = {};
    return fstat(m_descriptor, &status) == 0 ? stampOf(status) : FileStamp();
}

Result<std::string> LockedFile::read(std::size_t limit) const
{
    const std::int64_t size = stamp().size;
    if (size > static_cast<std::int64_t>(limit)) {
        return Error{ErrorCode::InvalidInput,
                     "“" + m_path + "” is larger than " + std::to_string(limit >> 20U) +
                         " MiB, too large to be what was expected; move it out of the way, then try again."};
    }
    std::string content(static_cast<std::size_t>(size), '\0');
    std::size_t done = 0;
    while (done < content.size()) {
        const ssize_t got = pread(m_descriptor, content.data() + done, content.size() - done,
                                  static_cast<std::int64_t>(done));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return readError(m_path, errno);
        }
        if (got == 0) {
            content.resize(done); // Somebody who asks for no lock made it shorter.
            break;
        }
        done += static_cast<std::size_t>(got);
    }
    return content;
}

Result<void> LockedFile::append(std::string_view bytes)
{
    if (!m_writable) {
        return storeError(m_path, EACCES);
    }
    const std::int64_t before = stamp().size;
    if (writeAll(m_descriptor, bytes) && fsync(m_descriptor) == 0) {
        return {};
    }
    Error error = storeError(m_path, errno);
    if (ftruncate(m_descriptor, before) != 0) {
        error.details += "; and it could not be cut back: " + std::generic_category().message(errno);
    }
    return error;
}

Result<void> LockedFile::truncate(std::int64_t size)
{
    if (!m_writable) {
        return storeError(m_path, EACCES);
    }
    if (ftruncate(m_descriptor, size) != 0 || fsync(m_descriptor) != 0) {
        return storeError(m_path, errno);
    }
    return {};
}

} // namespace digitpad
