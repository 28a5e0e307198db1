#include "tests/cli/cliprogram.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <torch/script.h>

using namespace digitpad;
using namespace Qt::StringLiterals;

/// `evaluate` and `classify` with models that are not DigitPad's own, and reports.
class TestCliEvaluate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void asksBeforeItRunsAScript();
    void asksForTheNormalization();
    void runsATrustedScript();
    void impossibleNormalization();
    void writesReports();
    void refusesUnknownReports();

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] QStringList evaluation(const QStringList& more) const
    {
        return QStringList{u"evaluate"_s, u"--data"_s, u"synthetic"_s, u"--synthetic-count"_s, u"1000"_s} +
               more;
    }

    QTemporaryDir m_folder;
};

void TestCliEvaluate::initTestCase()
{
    at::manual_seed(5);
    torch::jit::Module module("Linear");
    module.register_parameter("weight", torch::randn({10, 784}) * 0.1, false);
    module.define("def forward(self, x):\n    return torch.matmul(x.flatten(1), self.weight.t())\n");
    module.save(path(u"plain.pt"_s).toStdString());
    module.save(path(u"given.pt"_s).toStdString(), {{"normalization", "0.1307 0.3081"}});
}

void TestCliEvaluate::asksBeforeItRunsAScript()
{
    const CliRun run = runCli(evaluation({u"--model"_s, path(u"given.pt"_s)}));
    QCOMPARE(run.code, 1);
    QCOMPARE(run.messages().size(), 1);
    QVERIFY(run.err.contains("--trust-torchscript"));
}

void TestCliEvaluate::asksForTheNormalization()
{
    const CliRun run = runCli(evaluation({u"--model"_s, path(u"plain.pt"_s), u"--trust-torchscript"_s}));
    QCOMPARE(run.code, 1);
    QVERIFY(run.err.contains("--normalization"));
}

void TestCliEvaluate::runsATrustedScript()
{
    const CliRun given =
        runCli(evaluation({u"--model"_s, path(u"given.pt"_s), u"--trust-torchscript"_s, u"--json"_s}));
    QVERIFY2(given.code == 0, given.err.constData());
    const CliRun said = runCli(evaluation({u"--model"_s, path(u"plain.pt"_s), u"--trust-torchscript"_s,
                                           u"--normalization"_s, u"0.1307"_s, u"0.3081"_s, u"--json"_s}));
    QVERIFY2(said.code == 0, said.err.constData());
    const QJsonObject one = given.objects().first();
    const QJsonObject two = said.objects().first();
    QCOMPARE(one[u"images"].toInteger(), 100);
    QCOMPARE(one[u"network"].toString(), u"Linear"_s);
    QCOMPARE(one[u"confusion"], two[u"confusion"]);
    QCOMPARE(one[u"loss"], two[u"loss"]);
}

void TestCliEvaluate::impossibleNormalization()
{
    const CliRun word = runCli(evaluation(
        {u"--model"_s, path(u"plain.pt"_s), u"--normalization"_s, u"a"_s, u"b"_s, u"--trust-torchscript"_s}));
    QCOMPARE(word.code, 2);
    const CliRun zero = runCli(evaluation(
        {u"--model"_s, path(u"plain.pt"_s), u"--normalization"_s, u"0"_s, u"0"_s, u"--trust-torchscript"_s}));
    QCOMPARE(zero.code, 1);
    QVERIFY(zero.err.contains("above 0"));
}

void TestCliEvaluate::writesReports()
{
    const CliRun run = runCli(evaluation({u"--report"_s, path(u"all"_s), u"--robustness"_s}));
    QVERIFY2(run.code == 0 && run.err.isEmpty(), run.err.constData());
    for (const char* ending : {".html", ".pdf", ".csv", ".json"}) {
        const QString file = path(u"all"_s) + QString::fromLatin1(ending);
        QVERIFY2(QFileInfo(file).size() > 500, ending);
        QVERIFY(run.out.contains(file.toUtf8()));
    }
    QFile json(path(u"all.json"_s));
    QVERIFY(json.open(QIODevice::ReadOnly));
    const QJsonObject object = QJsonDocument::fromJson(json.readAll()).object();
    QCOMPARE(object[u"robustness"].toArray().size(), 5);
    QCOMPARE(object[u"model"].toString(), u"Bundled model"_s);
}

void TestCliEvaluate::refusesUnknownReports()
{
    const CliRun run = runCli(evaluation({u"--report"_s, path(u"report.docx"_s)}));
    QCOMPARE(run.code, 2);
    QVERIFY(run.err.contains(".html"));
}

QTEST_GUILESS_MAIN(TestCliEvaluate)
#include "tst_clievaluate.moc"
