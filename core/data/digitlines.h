#pragma once

#include "core/data/mydigit.h"
#include "core/ink/inkfile.h"

#include <QByteArray>

#include <string_view>
#include <vector>

/// Lines of the person's collection and what they hold; lines are without their newline.
namespace digitpad {

QByteArray lineOf(const MyDigit& digit);
/// `sample` has a digit as its label. Makes the picture too.
MyDigit digitOf(const InkSample& sample, quint64 id);
std::shared_ptr<const DigitImage> imageOf(const Ink& ink);

/// A hash that tells a line from others.
QByteArray keyOf(const QByteArray& line);
/// The line with another label, its other keys as they are. It must be a JSON object.
QByteArray withLabel(const QByteArray& line, int digit);
/// All of them, each with its newline.
QByteArray joined(const std::vector<QByteArray>& lines);
/// Valid as long as `bytes` are.
std::string_view viewOf(const QByteArray& bytes);

} // namespace digitpad
