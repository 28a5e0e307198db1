#pragma once

#include <QMimeData>
#include <QString>
#include <QUrl>

namespace digitpad {

/// The first file or folder of this machine that something dropped or pasted names; empty for none.
inline QString firstLocalFile(const QMimeData* mime)
{
    for (const QUrl& url : mime->urls()) {
        if (url.isLocalFile()) {
            return url.toLocalFile();
        }
    }
    return {};
}

} // namespace digitpad
