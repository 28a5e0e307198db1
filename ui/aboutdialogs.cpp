#include "ui/aboutdialogs.h"

#include "core/learning/networks.h"
#include "core/learning/recognizer.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFont>
#include <QFormLayout>
#include <QHBoxLayout>
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

QFormLayout* makeRows()
{
    auto* rows = new QFormLayout;
    rows->setHorizontalSpacing(24);
    rows->setVerticalSpacing(5);
    rows->setLabelAlignment(Qt::AlignLeft);
    return rows;
}

void addHeading(QFormLayout* rows, const QString& words)
{
    auto* heading = new QLabel(words);
    QFont font = heading->font();
    font.setBold(true);
    heading->setFont(font);
    if (rows->rowCount() > 0) {
        heading->setContentsMargins(0, 10, 0, 0);
    }
    rows->addRow(heading);
}

QFormLayout* menuShortcuts(const QMenuBar& bar)
{
    QFormLayout* rows = makeRows();
    addHeading(rows, text("Everywhere"));
    const auto menus = bar.findChildren<QMenu*>();
    for (const QMenu* menu : menus) {
        if (menu->objectName() == u"keepMenu") {
            continue; // Ten keys are one row of the pad's.
        }
        const auto actions = menu->actions();
        for (const QAction* action : actions) {
            if (!action->shortcuts().isEmpty()) {
                rows->addRow(keysOf(*action), new QLabel(plain(action->text())));
            }
        }
    }
    return rows;
}

/// Those of parts of the window, which no menu shows.
QFormLayout* otherShortcuts()
{
    QFormLayout* rows = makeRows();
    const auto add = [rows](const char* keys, const char* does) {
        rows->addRow(text(keys), new QLabel(text(does)));
    };
    addHeading(rows, text("On the pad"));
    add("0 to 9", "Keep the drawing as that digit; relabel in My Digits");
    add("Esc", "Drop the stroke that is being drawn, or close a message");
    add("Right button", "Erase, whatever the tool");
    add("Pen’s other end", "Erase");
    addHeading(rows, text("In the Training tab"));
    add("F5, Shift+F5", "Start, and stop");
    add("F6", "Pause, and resume");
    add("F7, F8", "One batch, or to the end of the epoch, and pause again");
    addHeading(rows, text("In the Evaluation tab"));
    add("Ctrl+Return", "Evaluate");
    add("Esc", "End the evaluation");
    add("Arrow keys, Return", "Go through the confusion matrix, and show a cell’s images");
    addHeading(rows, text("Among images"));
    add("Return", "Show one large, with its values");
    add("Ctrl+D", "Put it on the pad");
    add("Ctrl++, Ctrl+−, Ctrl+0", "Larger, smaller and usual pictures");
    addHeading(rows, text("In a chart"));
    add("+ and −, wheel", "Zoom along the run");
    add("Ctrl++ and Ctrl+−, Shift+wheel", "Zoom the values");
    add("Arrow keys, Shift+drag", "Move what is in sight");
    add("Shift+← and →", "Move the crosshair; with Ctrl instead in larger steps");
    add("Home or 0", "The whole view again");
    addHeading(rows, text("In the list of runs"));
    add("Space", "Lay the selected runs over the others, or take them away");
    add("F2, Del", "Rename, and move to the trash");
    add("Ctrl+F", "Filter");
    return rows;
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
    auto* columns = new QHBoxLayout;
    columns->setSpacing(40);
    columns->addLayout(menuShortcuts(*qobject_cast<QMainWindow*>(parent)->menuBar()));
    columns->addLayout(otherShortcuts());

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    auto* layout = new QVBoxLayout(dialog);
    layout->setSpacing(16);
    layout->addLayout(columns);
    layout->addWidget(buttons);
    dialog->open();
}

} // namespace digitpad
