#include "core/data/syntheticdigits.h"
#include "core/report/evaluationreport.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTimeZone>
#include <QtTest>

#include <cmath>

using namespace digitpad;
using namespace Qt::StringLiterals;

namespace {

/// Every seventh digit is misread.
EvaluationData sampleData(std::size_t images, bool robustness)
{
    EvaluationData data;
    data.model = u"My <model> & more"_s;
    data.data = u"synthetic digits"_s;
    data.info.network = "cnn";
    data.info.parameters = 240'306;
    data.info.temperature = 1.4;
    data.set = std::make_shared<const DigitSet>(syntheticDigits(images, 4, {}));
    Logits logits;
    for (std::size_t i = 0; i < images; ++i) {
        std::array<float, digitClasses> row{};
        const int guess = (data.set->labels[i] + (i % 7 == 3 ? 1 : 0)) % digitClasses;
        row[static_cast<std::size_t>(guess)] = 2 + static_cast<float>(i % 11);
        logits.values.insert(logits.values.end(), row.begin(), row.end());
    }
    data.readings = readingsOf(logits, *data.set, data.info);
    data.figures = evaluationFigures(logits, *data.set, data.info, data.readings, 0.5);
    if (robustness) {
        for (const Distortion distortion : distortions()) {
            RobustnessCurve curve{distortion, {}};
            for (const double level : distortionLevels(distortion)) {
                const auto right = static_cast<std::int64_t>(200 / (1 + std::abs(level)));
                curve.points.push_back({level, 200, double(right) / 200, wilsonInterval(right, 200)});
            }
            data.robustness.push_back(curve);
        }
    }
    data.made = QDateTime({2026, 11, 26}, {14, 15}, QTimeZone::utc());
    data.program = u"DigitPad 1"_s;
    return data;
}

} // namespace

class EvaluationReportTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

private Q_SLOTS:
    void thePageNeedsNothingBesideIt()
    {
        const QString html = QString::fromUtf8(evaluationHtml(sampleData(300, true)));
        QVERIFY(html.contains(u"<h1>My &lt;model&gt; &amp; more on synthetic digits</h1>"));
        QVERIFY(!html.contains(u"://") && !html.contains(u"<script"));
        static const QRegularExpression source(u"src=\"([^\"]*)\""_s);
        int pictures = 0;
        auto matches = source.globalMatch(html);
        while (matches.hasNext()) {
            const QByteArray url = matches.next().captured(1).toLatin1();
            QVERIFY(url.startsWith("data:image/png;base64,"));
            QVERIFY(!QImage::fromData(QByteArray::fromBase64(url.mid(22))).isNull());
            ++pictures;
        }
        QCOMPARE(pictures, 4 + 5 + 43); // Charts, robustness, misread images.
        QVERIFY(html.contains(u"85.67 %"));
    }

    void thePdfHasPages()
    {
        const QByteArray pdf = evaluationPdf(sampleData(300, true));
        QVERIFY(pdf.startsWith("%PDF-"));
        static const QRegularExpression page(u"/Type /Page\\b"_s);
        const qsizetype pages = QString::fromLatin1(pdf).count(page);
        QVERIFY2(pages >= 2 && pages <= 6, QByteArray::number(pages).constData());
        if (const QString folder = qEnvironmentVariable("DIGITPAD_SCREENSHOTS"); !folder.isEmpty()) {
            QVERIFY(writeEvaluationReport(sampleData(3'000, true), folder + u"/report"_s).ok());
        }
    }

    void theTableIsRegular()
    {
        const QList<QByteArray> lines = evaluationCsv(sampleData(300, true)).split('\n');
        QCOMPARE(lines.front().trimmed(), QByteArray("figure,digit,guess,level,value"));
        int confusion = 0;
        for (qsizetype i = 1; i + 1 < lines.size(); ++i) {
            QCOMPARE(lines[i].count(','), 4);
            confusion += lines[i].startsWith("confusion,") ? 1 : 0;
        }
        QCOMPARE(confusion, 100);
    }

    void writesAllKindsOrOne()
    {
        const EvaluationData data = sampleData(50, false);
        const auto all = writeEvaluationReport(data, m_folder.filePath(u"all"_s));
        QVERIFY(all.ok());
        QCOMPARE(all->size(), 4);
        for (const QString& path : *all) {
            QVERIFY(QFileInfo(path).size() > 0);
        }
        QFile json(m_folder.filePath(u"all.json"_s));
        QVERIFY(json.open(QIODevice::ReadOnly));
        const QJsonObject object = QJsonDocument::fromJson(json.readAll()).object();
        QCOMPARE(object[u"images"].toInt(), 50);
        QCOMPARE(object[u"network"].toString(), u"cnn"_s);
        QCOMPARE(object[u"reliability"].toArray().size(), 15);
        QVERIFY(!object.contains(u"robustness"));
        const auto one = writeEvaluationReport(data, m_folder.filePath(u"one.CSV"_s));
        QVERIFY(one.ok());
        QCOMPARE(one->size(), 1);
    }

    void whatCannotBeWritten()
    {
        const EvaluationData data = sampleData(10, false);
        const auto kind = writeEvaluationReport(data, m_folder.filePath(u"report.docx"_s));
        QVERIFY(!kind.ok());
        QCOMPARE(kind.error().code, ErrorCode::InvalidInput);
        const auto place = writeEvaluationReport(data, m_folder.filePath(u"nowhere/report.csv"_s));
        QVERIFY(!place.ok());
        QCOMPARE(place.error().code, ErrorCode::Io);
    }

    void nothingMisreadAndNothingAtAll()
    {
        EvaluationData data = sampleData(0, false);
        QVERIFY(!evaluationHtml(data).isEmpty());
        QVERIFY(evaluationPdf(data).startsWith("%PDF-"));
        data = sampleData(3, false);
        QVERIFY(evaluationPdf(data).startsWith("%PDF-"));
        QVERIFY(!evaluationHtml(data).contains("misread images"));
    }
};

QTEST_MAIN(EvaluationReportTest)
#include "tst_evaluationreport.moc"
