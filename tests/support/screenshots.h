#pragma once

#include "tests/support/darkpalette.h"
#include "ui/widgets/indicatorstyle.h"

#include <QApplication>
#include <QDir>
#include <QPixmap>
#include <QSettings>
#include <QStyle>
#include <QStyleFactory>
#include <QTest>
#include <QWidget>

/// For tests that write pictures of windows for people to look at, into the build's folder "screenshots".
namespace digitpad::test {

/// The programs' looks, and empty settings of this test's own.
inline void beginScreenshots(const char* program)
{
    QCoreApplication::setOrganizationName(QStringLiteral("digitpad-test"));
    QCoreApplication::setApplicationName(QString::fromLatin1(program));
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    useVisibleIndicators();
    QSettings().clear();
}

/// For everything that is shown from now on.
inline void useLightOrDark(bool dark)
{
    QApplication::setPalette(dark ? darkPalette() : QApplication::style()->standardPalette());
}

/// Writes "NAME-light.png" or "NAME-dark.png", with "@2x" at twice the density; fails the test where it
/// cannot.
inline void saveScreenshot(QWidget& window, const QString& name, bool dark)
{
    const QDir folder(QStringLiteral(DIGITPAD_BINARY_DIR "/screenshots"));
    QVERIFY(folder.mkpath(QStringLiteral(".")));
    QCoreApplication::processEvents();
    const QPixmap shot = window.grab();
    QCOMPARE(shot.size(), window.size() * window.devicePixelRatioF());
    const QString scale = shot.devicePixelRatio() > 1 ? QStringLiteral("@2x") : QString();
    const QString tone = dark ? QStringLiteral("dark") : QStringLiteral("light");
    QVERIFY(shot.save(folder.filePath(name + u'-' + tone + scale + QStringLiteral(".png"))));
}

} // namespace digitpad::test
