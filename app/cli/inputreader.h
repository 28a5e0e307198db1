#pragma once

#include "core/base/result.h"
#include "core/image/digitimage.h"

#include <QString>

#include <memory>

namespace digitpad::cli {

/// One thing to be read as a digit, or why there is none.
struct InputItem
{
    enum class Status {
        Image,
        Bad,    ///< This item is malformed; the next may be right.
        Failed, ///< Nothing more can be read.
        End,
    };
    Status status = Status::End;
    DigitImage image;
    QString label;   ///< Empty where unknown.
    qint64 line = 0; ///< From 1; 0 where the input has no lines.
    Error error = {};
};

/// The items of one input in order, in constant memory.
class InputReader
{
public:
    /// A file of any kind that `classify` takes, or "-" for JSON Lines on standard input.
    static Result<std::unique_ptr<InputReader>> open(const QString& input);
    virtual ~InputReader() = default;

    virtual InputItem next() = 0;
    /// False where next() may have to wait for somebody to write: a good moment to hand out what is finished.
    [[nodiscard]] virtual bool ready() const { return true; }
};

} // namespace digitpad::cli
