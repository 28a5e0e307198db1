// The program itself: its command line, and that it starts and ends.
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

class ProgramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textNeedsNoDisplay_data();
    void textNeedsNoDisplay();
    void wrongUsageExitsTwo_data();
    void wrongUsageExitsTwo();
    void torchIsNotLinked();
};

namespace {

struct Outcome
{
    int exitCode = -1;
    QString output;
    QString errors;
};

Outcome runProgram(const QStringList& arguments, const QString& platform, const QString& linkerTrace = {})
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), platform);
    if (!linkerTrace.isEmpty()) {
        environment.insert(QStringLiteral("LD_TRACE_LOADED_OBJECTS"), linkerTrace);
    }
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(DIGITPAD_BIN_DIR "/digitpad"), arguments);
    if (!process.waitForFinished(20'000) || process.exitStatus() != QProcess::NormalExit) {
        process.kill();
        return {};
    }
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

} // namespace

void ProgramTest::textNeedsNoDisplay_data()
{
    QTest::addColumn<QString>("argument");
    QTest::addColumn<QString>("text");
    QTest::newRow("help") << QStringLiteral("--help") << QStringLiteral("[file]");
    QTest::newRow("short help") << QStringLiteral("-h") << QStringLiteral("[file]");
    QTest::newRow("version") << QStringLiteral("--version") << QStringLiteral("DigitPad " DIGITPAD_VERSION);
}

void ProgramTest::textNeedsNoDisplay()
{
    QFETCH(QString, argument);
    QFETCH(QString, text);
    const Outcome outcome = runProgram({argument}, QStringLiteral("none-such"));
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY2(outcome.output.contains(text), qPrintable(outcome.output + outcome.errors));
}

void ProgramTest::wrongUsageExitsTwo_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown option") << QStringList{QStringLiteral("--nonsense")};
    QTest::newRow("two files") << QStringList{QStringLiteral("a.png"), QStringLiteral("b.png")};
}

void ProgramTest::wrongUsageExitsTwo()
{
    QFETCH(QStringList, arguments);
    const Outcome outcome = runProgram(arguments, QStringLiteral("offscreen"));
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY2(outcome.errors.contains(QStringLiteral("Try “digitpad --help”.")), qPrintable(outcome.errors));
}

/// What the dynamic linker would load before main().
void ProgramTest::torchIsNotLinked()
{
    const Outcome outcome = runProgram({}, QStringLiteral("offscreen"), QStringLiteral("1"));
    QVERIFY(outcome.output.contains(QStringLiteral("libQt6Widgets")));
    const QRegularExpression torch(QStringLiteral("lib(torch|c10|opencv|Qt5)"));
    QVERIFY2(!torch.match(outcome.output).hasMatch(), qPrintable(outcome.output));
}

QTEST_GUILESS_MAIN(ProgramTest)
#include "tst_program.moc"
