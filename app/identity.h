#pragma once

#include <QCoreApplication>

namespace digitpad {

/// The name under which both programs keep their data, so that what one downloads or saves the other finds.
/// To be called once, before anything asks for a folder.
inline void setIdentity()
{
    QCoreApplication::setApplicationName(QStringLiteral("digitpad"));
    QCoreApplication::setApplicationVersion(QStringLiteral(DIGITPAD_VERSION));
}

} // namespace digitpad
