#pragma once

#include <QCoreApplication>

namespace digitpad {

/// The names under which both programs keep settings and data, so that what one downloads or saves the other
/// finds. To be called once, before anything asks for a folder.
inline void setIdentity()
{
    QCoreApplication::setOrganizationName(QStringLiteral("DigitPad"));
    QCoreApplication::setApplicationName(QStringLiteral("DigitPad"));
    QCoreApplication::setApplicationVersion(QStringLiteral(DIGITPAD_VERSION));
}

} // namespace digitpad
