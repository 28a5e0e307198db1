#include "app/identity.h"
#include "core/data/mydigits.h"
#include "core/learning/recognizer.h"
#include "ui/mainwindow.h"
#include "ui/widgets/indicatorstyle.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace {

using digitpad::MainWindow;
using digitpad::MyDigits;
using digitpad::Recognizer;

constexpr int wrongUsage = 2;

void describe(QCommandLineParser& parser)
{
    parser.setApplicationDescription(QCoreApplication::translate(
        "main", "Draw digits, see them read, train the network that reads them."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(
        QStringLiteral("file"),
        QCoreApplication::translate("main",
                                    "A picture, an ink file (.inkml, .jsonl) or a model (.pt) to open."),
        QStringLiteral("[file]"));
}

bool asksForText(int argc, char** argv)
{
    return std::any_of(argv + 1, argv + argc, [](const char* argument) {
        return std::strcmp(argument, "--help") == 0 || std::strcmp(argument, "-h") == 0 ||
               std::strcmp(argument, "--help-all") == 0 || std::strcmp(argument, "--version") == 0 ||
               std::strcmp(argument, "-v") == 0;
    });
}

/// Help and version need no display.
int showText(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    describe(parser);
    parser.process(application);
    return 0;
}

int complain(const QString& what)
{
    std::fprintf(stderr, "digitpad: %s\nTry “digitpad --help”.\n", qUtf8Printable(what));
    return wrongUsage;
}

int showWindow(const QString& file)
{
    Recognizer recognizer;
    MyDigits digits;
    MainWindow window(&recognizer, &digits);
    // What the first picture of the window does not need waits until it is on the screen.
    QObject::connect(&window, &MainWindow::firstPainted, &recognizer, [&] {
        recognizer.start();
        digits.start();
        QApplication::setWindowIcon(
            QIcon::fromTheme(QGuiApplication::desktopFileName(), QIcon(QStringLiteral(":/digitpad.svg"))));
        if (!file.isEmpty()) {
            window.openFile(file);
        }
    });
    window.show();
    return QApplication::exec();
}

} // namespace

int main(int argc, char** argv)
{
    digitpad::setIdentity();
    QGuiApplication::setDesktopFileName(QStringLiteral("org.digitpad.DigitPad"));
    if (asksForText(argc, argv)) {
        return showText(argc, argv);
    }
    const QApplication application(argc, argv);
    digitpad::useVisibleIndicators();
    QCommandLineParser parser;
    describe(parser);
    if (!parser.parse(QCoreApplication::arguments())) {
        return complain(parser.errorText());
    }
    const QStringList files = parser.positionalArguments();
    if (files.size() > 1) {
        return complain(QCoreApplication::translate("main", "Only one file can be opened, and %n were given.",
                                                    nullptr, static_cast<int>(files.size())));
    }
    return showWindow(files.value(0));
}
