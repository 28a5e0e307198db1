#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace digitpad {

/// Tells whether a file is still the one that was read: another program's change shows in it.
struct FileStamp
{
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t size = -1; ///< Bytes; -1 where there is no file.
    std::int64_t modifiedNanoseconds = 0;

    /// Of the file at `path`, a symbolic link followed.
    static FileStamp of(const std::string& path);

    bool operator==(const FileStamp&) const = default;
};

/// A file that no other program has open in the same way until this object is gone (flock). Where files
/// cannot be locked, on some network drives, it is open all the same. A file that was replaced while this
/// waited for the lock is opened anew. One object, one thread.
class LockedFile
{
public:
    enum class Mode {
        Existing, ///< No file is ErrorCode::NotFound; one that may not be written is opened for reading.
        Create,   ///< Made, its folder too, where it is not there; must be writable.
    };
    /// Waits up to five seconds for another program's lock. The errors name `path`.
    static Result<LockedFile> open(const std::string& path, Mode mode);

    LockedFile(LockedFile&& other) noexcept;
    LockedFile& operator=(LockedFile&&) = delete;
    ~LockedFile();

    [[nodiscard]] bool writable() const { return m_writable; }
    [[nodiscard]] FileStamp stamp() const;
    [[nodiscard]] const std::string& path() const { return m_path; }

    /// Up to `limit` bytes; more are an error.
    [[nodiscard]] Result<std::string> read(std::size_t limit) const;
    /// Puts `bytes` behind the end and has them on the disk (fsync). All or nothing: where that fails the
    /// file is cut back to its length before.
    Result<void> append(std::string_view bytes);
    /// Cuts the file to `size` bytes and has that on the disk.
    Result<void> truncate(std::int64_t size);

private:
    LockedFile(int descriptor, std::string path, bool writable);

    int m_descriptor;
    std::string m_path;
    bool m_writable;
};

/// Why `path` could not be written, in a sentence that ends in what to do; `number` is an errno. A file that
/// is always in the same place has no other to be saved to.
Error storeError(const std::string& path, int number);

} // namespace digitpad
