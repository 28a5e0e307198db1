#pragma once

#include "app/cli/inputreader.h"

#include <QByteArray>

#include <optional>

namespace digitpad::cli {

/// JSON Lines from standard input or a pipe, each as soon as it has come: another program may write a
/// drawing, wait for its answer, and write the next. (Reading through zlib would wait for a full buffer.)
class InkStreamInput : public InputReader
{
public:
    /// Longer lines are malformed; a drawing of a hundred thousand points takes about two megabytes.
    static constexpr qsizetype longestLine = 16 << 20;

    /// "-" is standard input.
    static Result<std::unique_ptr<InputReader>> open(const QString& input);
    /// `descriptor` is closed at the end where `owned`; `name` is for messages.
    InkStreamInput(int descriptor, bool owned, QString name);
    ~InkStreamInput() override;
    InkStreamInput(const InkStreamInput&) = delete;
    InkStreamInput& operator=(const InkStreamInput&) = delete;

    InputItem next() override;
    [[nodiscard]] bool ready() const override;

private:
    void readMore();
    std::optional<QByteArray> takeLine();
    InputItem parse(const QByteArray& line) const;
    InputItem bad(const QString& what) const;
    static InputItem failed(const QString& sentence);

    int m_descriptor;
    bool m_owned;
    QString m_name;
    QByteArray m_buffer;
    qsizetype m_begin = 0;   ///< Of the current line in m_buffer.
    qsizetype m_scanned = 0; ///< No newline before here.
    qint64 m_line = 0;
    int m_error = 0; ///< errno of a failed read.
    bool m_ended = false;
};

} // namespace digitpad::cli
