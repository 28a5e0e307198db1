#include "ui/aboutdialogs.h"

#include "core/learning/networks.h"
#include "core/learning/recognizer.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QIcon>
#include <QLabel>
#include <QLocale>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QVBoxLayout>

namespace digitpad {

namespace {

QString text(const char* source)
{
    return QCoreApplication::translate("digitpad::AboutDialogs", source);
}

QString engineLine(const Recognizer& recognizer)
{
    if (recognizer.engine() == nullptr) {
        return text("LibTorch is not loaded.");
    }
    const EngineInfo info = recognizer.engine()->info();
    const QString version = QString::fromStdString(info.libtorchVersion);
    return info.blas.empty() ? text("LibTorch %1").arg(version)
                             : text("LibTorch %1 with %2").arg(version, QString::fromStdString(info.blas));
}

QString modelLine(const Recognizer& recognizer)
{
    if (!recognizer.model()) {
        return text("No model is in use.");
    }
    const ModelInfo& info = recognizer.model()->info();
    const NetworkDescription* network = findNetwork(info.network);
    const QString title = QString::fromStdString(network != nullptr ? network->title : info.network);
    QString line = text("%1: %2, %3 parameters")
                       .arg(recognizer.modelName(), title, QLocale().toString(qlonglong{info.parameters}));
    if (info.testAccuracy >= 0) {
        line += text(", %1\u00A0% right on its test images")
                    .arg(QLocale().toString(info.testAccuracy * 100, 'f', 2));
    }
    if (!info.digitScoring) {
        line += text("; it cannot tell what is no digit");
    }
    return line;
}

QString plain(QString actionText)
{
    return actionText.remove(QLatin1Char('&')).remove(QStringLiteral("…"));
}

QString keysOf(const QAction& action)
{
    QStringList keys;
    for (const QKeySequence& sequence : action.shortcuts()) {
        keys.append(sequence.toString(QKeySequence::NativeText));
    }
    return keys.join(text(" or "));
}

void addMenuShortcuts(QFormLayout* rows, const QMenu* menu)
{
    for (const QAction* action : menu->actions()) {
        if (!action->shortcuts().isEmpty()) {
            rows->addRow(keysOf(*action), new QLabel(plain(action->text())));
        }
    }
}

} // namespace

void showAbout(const Recognizer& recognizer, QWidget* parent)
{
    auto* box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("about"));
    box->setWindowTitle(text("About DigitPad"));
    box->setIconPixmap(
        QIcon(QStringLiteral(":/digitpad.svg")).pixmap(QSize(64, 64), box->devicePixelRatioF()));
    box->setTextFormat(Qt::PlainText);
    box->setText(text("DigitPad %1").arg(QLatin1String(DIGITPAD_VERSION)));
    box->setInformativeText(
        QStringList{text("Draw digits, see them read, train the network that reads them."),
                    {},
                    text("Qt %1").arg(QLatin1String(qVersion())),
                    engineLine(recognizer),
                    modelLine(recognizer),
                    {},
                    text("Free software under the GNU General Public License, version 3 or later.")}
            .join(QLatin1Char('\n')));
    box->open();
}

void showShortcuts(QWidget* parent)
{
    auto* dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("shortcuts"));
    dialog->setWindowTitle(text("Keyboard Shortcuts"));
    auto* rows = new QFormLayout;
    rows->setHorizontalSpacing(24);
    rows->setLabelAlignment(Qt::AlignLeft);
    for (const auto* menu : qobject_cast<QMainWindow*>(parent)->menuBar()->findChildren<QMenu*>()) {
        if (menu->objectName() != u"keepMenu") { // Ten keys in one row, below.
            addMenuShortcuts(rows, menu);
        }
    }
    rows->addRow(
        text("0 to 9"),
        new QLabel(text("Keep the drawing in My digits as that digit, or relabel what is selected there")));
    rows->addRow(text("Esc"), new QLabel(text("Drop the stroke that is being drawn, or close a message")));
    rows->addRow(text("Right button"), new QLabel(text("Erase, whatever the tool")));
    rows->addRow(text("Pen’s other end"), new QLabel(text("Erase")));

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    auto* layout = new QVBoxLayout(dialog);
    layout->setSpacing(16);
    layout->addLayout(rows);
    layout->addWidget(buttons);
    dialog->open();
}

} // namespace digitpad
