#include "app/cli/commandline.h"
#include "app/cli/console.h"
#include "app/cli/output.h"
#include "app/identity.h"

#include <QGuiApplication>

#include <clocale>
#include <csignal>
#include <exception>
#include <new>

namespace {

using namespace Qt::StringLiterals;
using namespace digitpad::cli;

int runCommand(const Notice& notice, Output& output)
{
    if (notice.exitCode == Done) {
        output.write(notice.text);
    } else {
        say(QString::fromUtf8(notice.text).trimmed());
    }
    return notice.exitCode;
}

int runCommand(const VersionOptions&, Output& output)
{
    return runVersion(output);
}

int runCommand(const ClassifyOptions& options, Output& output)
{
    return runClassify(options, output);
}

int runCommand(const TrainOptions& options, Output& output)
{
    return runTrain(options, output);
}

int runCommand(const PresetsOptions& options, Output& output)
{
    return runPresets(options, output);
}

int runCommand(const RunsOptions& options, Output& output)
{
    return runRuns(options, output);
}

int runCommand(const EvaluateOptions& options, Output& output)
{
    return runEvaluate(options, output);
}

int runCommand(const DownloadOptions& options, Output& output)
{
    return runDownload(options, output);
}

/// Results that did not arrive are a failure, unless their reader had enough of them.
int finish(int code, Output& output)
{
    if (output.flush() || output.readerGone()) {
        return code;
    }
    say(u"The results could not be written: %1."_s.arg(qt_error_string(output.error())));
    return code == Done ? Failed : code;
}

int run(int argc, char** argv)
{
    const CommandLine line = parseCommandLine(argc, argv);
    setUpLog(line.verbose);
    Output output(takeStandardOutput());
    const int code =
        std::visit([&output](const auto& command) { return runCommand(command, output); }, line.command);
    return finish(code, output);
}

} // namespace

int main(int argc, char** argv)
{
    setUpLog(false);
    std::signal(SIGPIPE, SIG_IGN); // Output and the sockets look at their writes' errors
    // A picture that holds text, as SVG may, needs fonts to be painted and so more than a QCoreApplication;
    // this one asks for no display.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    int ownArgc = 1; // lest Qt takes options of its own out of the command line
    const QGuiApplication application(ownArgc, argv);
    digitpad::setIdentity();
    std::setlocale(LC_NUMERIC, "C"); // the arguments' and the files' numbers have a point in every country
    try {
        return run(argc, argv);
    } catch (const std::bad_alloc&) {
        say(u"There is not enough memory for this; try less data or a smaller batch."_s);
    } catch (const std::exception& error) {
        say(u"DigitPad failed unexpectedly: %1"_s.arg(QString::fromLocal8Bit(error.what())));
    }
    return Failed;
}
