#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QtTest>

// The walls between the rooms: who may include what.
class RoomsTest : public QObject
{
    Q_OBJECT

    /// "file: line" for each include under `folder` (below the project's root) that matches.
    static QStringList includes(const QString& folder, const QRegularExpression& pattern,
                                const QString& except = {})
    {
        QStringList found;
        int files = 0;
        const QString root = QStringLiteral(DIGITPAD_SOURCE_DIR "/");
        QDirIterator entries(root + folder, {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                             QDirIterator::Subdirectories);
        while (entries.hasNext()) {
            QFile file(entries.next());
            const QString name = file.fileName().mid(root.size());
            if (!except.isEmpty() && name.startsWith(except)) {
                continue;
            }
            ++files;
            if (!file.open(QIODevice::ReadOnly)) {
                found << name + QStringLiteral(": cannot be read");
                continue;
            }
            while (!file.atEnd()) {
                const QString line = QString::fromUtf8(file.readLine()).trimmed();
                if (line.startsWith(QStringLiteral("#include")) && pattern.match(line).hasMatch()) {
                    found << name + QStringLiteral(": ") + line;
                }
            }
        }
        return files > 0 ? found : QStringList{folder + QStringLiteral(": no files")};
    }

private Q_SLOTS:
    void keepTheirWalls_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("forbidden");
        QTest::addColumn<QString>("except");
        const QString widgets =
            QStringLiteral("<(QtWidgets|QtCharts|QWidget|QApplication|QMainWindow|QDialog|QChart)");
        const QString torch = QStringLiteral("[<\"](torch|ATen|c10|caffe2)/");
        QTest::newRow("core knows no widgets") << "core" << widgets << "";
        QTest::newRow("core knows neither ui nor app") << "core"
                                                       << "\"(ui|app)/"
                                                       << "";
        QTest::newRow("torch headers live in core/torch alone") << "core" << torch << "core/torch/";
        QTest::newRow("nobody in core includes core/torch") << "core"
                                                            << "\"core/torch/"
                                                            << "core/torch/";
        QTest::newRow("core/torch knows no Qt") << "core/torch"
                                                << "<Q[A-Z]"
                                                << "";
        QTest::newRow("ui knows no torch") << "ui" << torch << "";
        QTest::newRow("ui does not include core/torch") << "ui"
                                                        << "\"core/torch/"
                                                        << "";
        QTest::newRow("ui does not include app") << "ui"
                                                 << "\"app/"
                                                 << "";
        QTest::newRow("app knows no torch") << "app" << torch << "";
        QTest::newRow("app does not include core/torch") << "app"
                                                         << "\"core/torch/"
                                                         << "";
        QTest::newRow("the command line knows no widgets") << "app/cli" << widgets << "";
    }
    void keepTheirWalls()
    {
        QFETCH(QString, folder);
        QFETCH(QString, forbidden);
        QFETCH(QString, except);
        const QStringList found = includes(folder, QRegularExpression(forbidden), except);
        QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
    }

    void contractsArePlain_data()
    {
        QTest::addColumn<QString>("file");
        for (const char* file :
             {"core/learning/engine.h", "core/learning/networks.h", "core/learning/prediction.h",
              "core/learning/trainingoptions.h", "core/learning/learningrateschedule.h",
              "core/data/digitset.h", "core/image/digitimage.h", "core/base/result.h"}) {
            QTest::newRow(file) << QString::fromLatin1(file);
        }
    }
    void contractsArePlain()
    {
        QFETCH(QString, file);
        QFile content(QStringLiteral(DIGITPAD_SOURCE_DIR "/") + file);
        QVERIFY(content.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(content.readAll());
        QVERIFY(!text.contains(QRegularExpression(QStringLiteral("#include <(Q[A-Z]|torch/)"))));
    }
};

QTEST_GUILESS_MAIN(RoomsTest)
#include "tst_rooms.moc"
