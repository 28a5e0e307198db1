#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace digitpad {

enum class ErrorCode {
    InvalidInput, ///< What was given is malformed or impossible.
    NotFound,     ///< A file or folder is not there.
    Io,           ///< Reading or writing failed: permissions, a full disk.
    Network,      ///< A download failed.
    Unavailable,  ///< A part of the program is missing, the recogniser's module for one.
    Cancelled,    ///< The person stopped it.
    Internal,     ///< Nobody's input is at fault; the details belong in a bug report.
};

/// What went wrong. `message` is one sentence for the person, naming the file and what to do next (UTF-8, no
/// newline); `details` is for the log and may be empty.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    std::string message;
    std::string details = {};
};

/// A value or the Error that took its place. Asking for the wrong one throws std::bad_variant_access.
template <class T>
class [[nodiscard]] Result
{
public:
    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : m_state(std::in_place_index<1>, std::move(error))
    {
    }

    [[nodiscard]] bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    [[nodiscard]] const T& value() const& { return std::get<0>(m_state); }
    [[nodiscard]] T& value() & { return std::get<0>(m_state); }
    [[nodiscard]] T&& value() && { return std::get<0>(std::move(m_state)); }
    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }

    [[nodiscard]] const Error& error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

template <>
class [[nodiscard]] Result<void>
{
public:
    Result() = default;
    Result(Error error)
        : m_error(std::move(error))
    {
    }

    [[nodiscard]] bool ok() const { return !m_error; }
    explicit operator bool() const { return ok(); }
    [[nodiscard]] const Error& error() const { return m_error.value(); }

private:
    std::optional<Error> m_error;
};

} // namespace digitpad
