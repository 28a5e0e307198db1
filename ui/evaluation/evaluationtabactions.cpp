// What the Evaluation tab does with images and reports; the rest is in evaluationtab.cpp.
#include "core/report/evaluationreport.h"
#include "ui/data/collectioneditor.h"
#include "ui/evaluation/evaluationtab.h"
#include "ui/training/trainingtext.h"
#include "ui/widgets/inbackground.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QImage>
#include <QSettings>
#include <QToolButton>
#include <QUrl>

#include <cstring>

namespace digitpad {

namespace {

QString folderSetting()
{
    return QStringLiteral("evaluation/reportFolder");
}

} // namespace

void EvaluationTab::toPad(std::size_t image)
{
    if (const quint64 id = m_editor->idOfMine(image); id != 0) {
        Q_EMIT digitRequested(id);
        return;
    }
    const auto finished = shown();
    PadContent content;
    if (image < finished->origins.size() && finished->origins[image].ink) {
        content.ink = *finished->origins[image].ink;
    } else {
        auto picture = std::make_shared<GrayImage>(digitSide, digitSide);
        std::memcpy(picture->pixels.data(), finished->data->set->image(image), digitPixels);
        content.picture = std::move(picture);
    }
    Q_EMIT padRequested(content);
}

void EvaluationTab::copy(std::size_t image)
{
    const QImage picture(shown()->data->set->image(image), digitSide, digitSide, digitSide,
                         QImage::Format_Grayscale8);
    QGuiApplication::clipboard()->setImage(picture.copy());
    say(Tone::Success,
        tr("Image %1 is on the clipboard, 28 × 28 pixels.").arg(countText(static_cast<qint64>(image))));
}

void EvaluationTab::chooseReport(const QString& ending)
{
    auto* dialog = new QFileDialog(this, tr("Write a Report"), QSettings().value(folderSetting()).toString());
    dialog->setObjectName(QStringLiteral("reportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(ending);
    dialog->setNameFilter(tr("%1 files (*.%2)").arg(ending.toUpper(), ending));
    QString name = tr("%1 on %2").arg(shown()->data->model, shown()->data->data);
    name.replace(u'/', u'-');
    dialog->selectFile(name + u'.' + ending);
    connect(dialog, &QFileDialog::fileSelected, this, &EvaluationTab::writeReport);
    dialog->open();
}

void EvaluationTab::writeReport(const QString& path)
{
    QSettings().setValue(folderSetting(), QFileInfo(path).absolutePath());
    m_reportButton->setEnabled(false);
    auto written = inBackground([data = shown()->data, path] { return writeEvaluationReport(*data, path); });
    m_report = QFuture<void>(written);
    written.then(this, [this](const Result<QStringList>& files) {
        m_reportButton->setEnabled(true);
        if (!files) {
            say(Tone::Error, QString::fromStdString(files.error().message));
            return;
        }
        const QString file = files->value(0);
        say(Tone::Success, tr("The report is in “%1”.").arg(QDir::toNativeSeparators(file)), tr("Open It"),
            [file] { QDesktopServices::openUrl(QUrl::fromLocalFile(file)); });
    });
}

} // namespace digitpad
