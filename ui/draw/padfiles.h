#pragma once

#include "core/base/result.h"
#include "core/ink/drawing.h"

#include <QImage>
#include <QString>
#include <QStringList>

namespace digitpad {

/// Files of the pad, without widgets. The functions that read and write may take long and run on any thread.

/// By the name's end: InkML (.inkml), the first drawing of a collection (.jsonl, .jsonl.gz), a picture
/// otherwise. A file without any ink is an error.
Result<PadContent> readPadFile(const QString& path);
/// A picture from the clipboard or another program.
Result<PadContent> padContentOf(const QImage& picture);
/// By the name's end: .inkml, .jsonl, or .png (black on white, 1000 × 1000). Atomic. InkML and JSON Lines
/// hold strokes alone, so a pad with nothing but a picture is an error there.
Result<void> writePadFile(const PadContent& content, const QString& path);

/// For file dialogs, each "Name (*.a *.b)".
QStringList openFilters();
QStringList saveFilters();
/// The path with the filter's ending where it has none that writePadFile() knows.
QString withEnding(const QString& path, const QString& filter);

/// Whether the name is one of a model file.
bool isModelFile(const QString& path);

} // namespace digitpad
