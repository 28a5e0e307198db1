#include "core/base/atomicfile.h"

#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace digitpad {

namespace {

Error writeError(const std::string& path, int number)
{
    const char* advice = "choose another place and save again";
    switch (number) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        advice = "the disk is full; make room or choose another place, then save again";
        break;
    case EACCES:
    case EPERM:
    case EROFS:
        advice = "writing there is not allowed; choose another folder";
        break;
    case ENOENT:
    case ENOTDIR:
        advice = "its folder does not exist; create it or choose another one";
        break;
    case EISDIR:
        advice = "there is a folder of that name; choose another name";
        break;
    default:
        break;
    }
    return Error{ErrorCode::Io, "“" + path + "” could not be saved: " + advice + ".",
                 std::generic_category().message(number)};
}

/// The temporary file beside the target; gone unless it was renamed.
class TemporaryFile
{
public:
    explicit TemporaryFile(const std::string& target)
    {
        // Not mkstemp(): its 0600 would shut out others, and the umask cannot be read without a race.
        static std::atomic<unsigned> counter = 0;
        do {
            m_path = target + "." + std::to_string(getpid()) + "-" + std::to_string(counter++) + ".part";
            m_descriptor = open(m_path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        } while (m_descriptor < 0 && errno == EEXIST);
        m_created = m_descriptor >= 0;
    }
    ~TemporaryFile()
    {
        const int number = errno;
        if (m_descriptor >= 0) {
            close(m_descriptor);
        }
        if (m_created && !m_renamed) {
            unlink(m_path.c_str());
        }
        errno = number;
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    /// False with errno set.
    bool write(std::span<const char> bytes)
    {
        if (m_descriptor < 0) {
            return false;
        }
        while (!bytes.empty()) {
            const ssize_t written = ::write(m_descriptor, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) {
                continue;
            }
            if (written < 0) {
                return false;
            }
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        }
        return fsync(m_descriptor) == 0;
    }

    /// False with errno set.
    bool renameTo(const std::string& target)
    {
        struct stat old = {};
        if (stat(target.c_str(), &old) == 0 && fchmod(m_descriptor, old.st_mode & 07777U) != 0) {
            return false;
        }
        if (close(std::exchange(m_descriptor, -1)) != 0 || rename(m_path.c_str(), target.c_str()) != 0) {
            return false;
        }
        m_renamed = true;
        return true;
    }

private:
    std::string m_path;
    int m_descriptor = -1;
    bool m_created = false;
    bool m_renamed = false;
};

void syncFolder(const std::filesystem::path& folder)
{
    // Makes the rename itself last through a power cut; where it fails, the file is whole all the same.
    const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        fsync(descriptor);
        close(descriptor);
    }
}

} // namespace

int replaceFile(const std::string& path, std::span<const char> bytes)
{
    std::error_code code;
    std::filesystem::path target = std::filesystem::weakly_canonical(path, code);
    if (code) {
        target = path;
    }
    if (std::filesystem::is_directory(target, code)) {
        return EISDIR;
    }
    TemporaryFile file(target.string());
    if (!file.write(bytes) || !file.renameTo(target.string())) {
        return errno;
    }
    syncFolder(target.parent_path().empty() ? "." : target.parent_path());
    return 0;
}

Result<void> writeFileAtomically(const std::string& path, std::span<const char> bytes)
{
    const int number = replaceFile(path, bytes);
    return number == 0 ? Result<void>() : writeError(path, number);
}

Result<std::string> readWholeFile(const std::string& path, std::size_t limit)
{
    std::error_code code;
    if (!std::filesystem::exists(path, code)) {
        return Error{ErrorCode::NotFound, "There is no file “" + path + "”; check the name."};
    }
    if (std::filesystem::is_directory(path, code)) {
        return Error{ErrorCode::InvalidInput, "“" + path + "” is a folder; choose a file in it."};
    }
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return Error{ErrorCode::Io, "“" + path + "” cannot be read; check that you may read it.",
                     std::generic_category().message(errno)};
    }
    // Not the file's size: a device or a pipe has none.
    std::string content;
    std::string block(std::size_t{1} << 16U, '\0');
    while (file.read(block.data(), static_cast<std::streamsize>(block.size())), file.gcount() > 0) {
        content.append(block, 0, static_cast<std::size_t>(file.gcount()));
        if (content.size() > limit) {
            return Error{ErrorCode::InvalidInput,
                         "“" + path + "” is larger than " + std::to_string(limit >> 20U) +
                             " MiB, too large to be what was expected; choose another file."};
        }
    }
    if (file.bad()) {
        return Error{ErrorCode::Io, "“" + path + "” cannot be read to its end; the disk may be damaged.",
                     std::generic_category().message(errno)};
    }
    return content;
}

} // namespace digitpad
