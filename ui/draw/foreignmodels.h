#pragma once

#include "core/learning/engine.h"

#include <QByteArray>
#include <QObject>
#include <QString>

#include <memory>

class QWidget;

namespace digitpad {

/// Opens files of networks: DigitPad's own go on at once; of others the person is told what they are and
/// asked for what they do not say, a TorchScript file before anything of it runs. Asked once for each content
/// of a file; the answer is remembered. Files are read off the GUI thread; the newest one wins.
class ForeignModels : public QObject
{
    Q_OBJECT

public:
    /// The question is asked above `window`, which outlives this.
    explicit ForeignModels(QWidget* window);

    /// One of ownModel(), loaded() and failed() follows, unless the person says no or another file comes
    /// first. `engine` is not null.
    void open(const Engine* engine, const QString& path);

Q_SIGNALS:
    /// The file is DigitPad's own, or none that could be told: its reader knows more.
    void ownModel(const QString& path);
    void loaded(const std::shared_ptr<const digitpad::Model>& model, const QString& name);
    void failed(const digitpad::Error& error);

private:
    struct Request
    {
        int number = 0;
        const Engine* engine = nullptr;
        QString path;
        QByteArray hash; ///< Of the file's content.
    };
    void onInspected(const Request& request, const Result<ModelFileInfo>& file);
    void ask(const Request& request, const ModelFileInfo& file);
    void load(const Request& request, const PixelStatistics& normalization);

    QWidget* m_window;
    int m_request = 0;
};

} // namespace digitpad
