#pragma once

#include "core/data/mnist.h"

#include <QDir>
#include <QSettings>
#include <QTemporaryDir>
#include <QtGlobal>

namespace digitpad {

/// A place to work in where MNIST is nowhere and nothing was ever chosen: an empty folder as working folder,
/// no downloads, no settings. The working folder is the root again afterwards.
class NowhereMnist
{
public:
    NowhereMnist()
    {
        const QString below = m_folder.filePath(QStringLiteral("a/b"));
        m_ready = QDir().mkpath(below) && QDir::setCurrent(below);
        qunsetenv("DIGITPAD_MNIST");
        QDir(mnistDownloadFolder()).removeRecursively();
        QSettings().clear();
    }
    ~NowhereMnist() { QDir::setCurrent(QDir::rootPath()); }
    Q_DISABLE_COPY_MOVE(NowhereMnist)

    [[nodiscard]] bool ready() const { return m_ready; }
    [[nodiscard]] QString path() const { return m_folder.path(); }
    [[nodiscard]] QString filePath(const QString& name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
    bool m_ready = false;
};

} // namespace digitpad
