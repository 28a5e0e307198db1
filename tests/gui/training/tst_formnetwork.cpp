// What goes in and what it goes into: the sections of preparation and network.
#include "core/learning/networks.h"
#include "tests/gui/training/formfixture.h"
#include "ui/training/networktable.h"
#include "ui/training/samplestrip.h"

#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QSpinBox>
#include <QTest>

using namespace digitpad;

class TestFormNetwork : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void networksHaveTitlesAndSizes();
    void widthsMakeTheTable();
    void impossibleWidthsAreRefusedAtTheField_data();
    void impossibleWidthsAreRefusedAtTheField();
    void detailsAreRememberedForEachNetwork();
    void variationsAreSwitchedOneByOne();
    void previewFollowsTheStrengths();
    void statisticsOfTheDataAreShown();

private:
    [[nodiscard]] TrainingForm* form() const { return m_fixture->form.get(); }

    std::unique_ptr<FormFixture> m_fixture;
};

void TestFormNetwork::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("digitpad-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_formnetwork"));
}

void TestFormNetwork::init()
{
    m_fixture = std::make_unique<FormFixture>();
}

void TestFormNetwork::cleanup()
{
    m_fixture.reset();
}

void TestFormNetwork::networksHaveTitlesAndSizes()
{
    auto* network = m_fixture->child<QComboBox>("network");
    QCOMPARE(static_cast<std::size_t>(network->count()), networkDescriptions().size());
    const auto sizeText = [this] { return m_fixture->child<QLabel>("networkSize")->text(); };
    QCOMPARE(network->currentText(), QStringLiteral("Fully connected"));
    QCOMPARE(sizeText(), QStringLiteral("109,386 parameters in all"));
    const int cnn = network->findData(QStringLiteral("cnn"));
    m_fixture->choose("network", cnn);
    const auto parameters = networkDescriptions()[static_cast<std::size_t>(cnn)].parameters;
    QVERIFY(sizeText().startsWith(QLocale(QLocale::English).toString(parameters)));
    QVERIFY(m_fixture->fieldOf("network")->toolTip().contains(QStringLiteral("convolutions")));
    QCOMPARE(form()->options().network, "cnn");
}

void TestFormNetwork::widthsMakeTheTable()
{
    m_fixture->type("hiddenWidths", QStringLiteral("32-16 8"));
    QCOMPARE(form()->options().details.hiddenWidths, (std::vector<int>{32, 16, 8}));
    const auto* table = m_fixture->child<NetworkTable>("networkTable");
    QVERIFY(table->isVisible());
    const qint64 parameters = 785 * 32 + 33 * 16 + 17 * 8 + 9 * 10;
    QVERIFY2(m_fixture->child<QLabel>("networkSize")
                 ->text()
                 .startsWith(QLocale(QLocale::English).toString(parameters)),
             qPrintable(m_fixture->child<QLabel>("networkSize")->text()));
    QVERIFY(table->rowCount() >= 4);
    QCOMPARE(table->item(table->rowCount() - 1, 1)->text(), QStringLiteral("10"));
    m_fixture->click("noDigits"); // An eleventh class.
    QCOMPARE(table->item(table->rowCount() - 1, 1)->text(), QStringLiteral("11"));
    // The network's own widths are no deviation.
    m_fixture->type("hiddenWidths", QStringLiteral("128, 64"));
    QVERIFY(form()->options().details.hiddenWidths.empty());
}

void TestFormNetwork::impossibleWidthsAreRefusedAtTheField_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("no numbers") << "wide"
                                << "whole numbers";
    QTest::newRow("empty") << ""
                           << "whole numbers";
    QTest::newRow("fractions") << "1.5"
                               << "whole numbers";
    QTest::newRow("none") << "0"
                          << "1 to 4096";
    QTest::newRow("too wide") << "64, 5000"
                              << "1 to 4096";
    QTest::newRow("too deep") << "9 9 9 9 9 9 9 9 9"
                              << "1 to 8";
    QTest::newRow("more than an int") << "99999999999"
                                      << "whole numbers";
}

void TestFormNetwork::impossibleWidthsAreRefusedAtTheField()
{
    QFETCH(QString, text);
    QFETCH(QString, words);
    m_fixture->type("hiddenWidths", text.isEmpty() ? QStringLiteral(" ") : text);
    QVERIFY2(m_fixture->errorAt("hiddenWidths").contains(words),
             qPrintable(m_fixture->errorAt("hiddenWidths")));
    QVERIFY(!m_fixture->child<NetworkTable>("networkTable")->isVisible());
    m_fixture->child<QSpinBox>("epochs")->setFocus();
    QVERIFY(!form()->check());
    QVERIFY(m_fixture->child<QLineEdit>("hiddenWidths")->hasFocus());
    m_fixture->type("hiddenWidths", QStringLiteral("20"));
    QVERIFY(m_fixture->errorAt("hiddenWidths").isEmpty());
    QVERIFY(form()->check());
}

void TestFormNetwork::detailsAreRememberedForEachNetwork()
{
    m_fixture->type("hiddenWidths", QStringLiteral("20"));
    m_fixture->choose("network", "cnn");
    QVERIFY(!m_fixture->child<QLineEdit>("hiddenWidths")->isVisible());
    QVERIFY(m_fixture->child<QCheckBox>("batchNormalization")->isChecked());
    QCOMPARE(form()->options().details, NetworkDetails());
    m_fixture->choose("network", "mlp");
    QCOMPARE(form()->options().details.hiddenWidths, std::vector<int>{20});
}

void TestFormNetwork::variationsAreSwitchedOneByOne()
{
    QVERIFY(!m_fixture->child<QCheckBox>("rotate")->isVisible());
    QVERIFY(!form()->dataSource().augmentation);
    m_fixture->click("vary");
    QCOMPARE(form()->dataSource().augmentation, std::optional(AugmentationOptions::usual()));
    m_fixture->click("rotate");
    QCOMPARE(form()->dataSource().augmentation->rotate, 0.0);
    QVERIFY(!m_fixture->child<QDoubleSpinBox>("rotateStrength")->isEnabled());
    m_fixture->click("move");
    m_fixture->type("moveStrength", QStringLiteral("2"));
    QCOMPARE(form()->dataSource().augmentation->nudge, 2.0);
    m_fixture->click("noise");
    QCOMPARE(form()->dataSource().augmentation->noise, 1.0);
    m_fixture->click("vary");
    QVERIFY(!form()->dataSource().augmentation);
    m_fixture->click("vary"); // What was chosen is still there.
    QCOMPARE(form()->dataSource().augmentation->nudge, 2.0);
}

void TestFormNetwork::previewFollowsTheStrengths()
{
    auto* strip = m_fixture->child<SampleStrip>("sampleStrip");
    QTRY_COMPARE(strip->plain().size(), std::size_t{SampleStrip::samples});
    const auto isReal = [this] {
        return m_fixture->child<QLabel>("previewSource")
            ->text()
            .startsWith(QStringLiteral("Samples of the data"));
    };
    QTRY_VERIFY(isReal());
    QVERIFY(strip->varied() == strip->plain());
    m_fixture->click("vary");
    QTest::mouseClick(m_fixture->moreOf("Preparation"), Qt::LeftButton);
    m_fixture->click("redraw"); // It would draw wholly other digits.
    QTRY_VERIFY(strip->varied() != strip->plain());
    const auto before = strip->varied();
    m_fixture->type("elasticStrength", QStringLiteral("3"));
    QTRY_VERIFY(strip->varied() != before);
    const auto plain = strip->plain();
    QTest::mouseClick(strip, Qt::LeftButton);
    QTRY_VERIFY(strip->plain() != plain);
    const auto clicked = strip->plain();
    m_fixture->press("anotherPreview");
    QTRY_VERIFY(strip->plain() != clicked);
}

void TestFormNetwork::statisticsOfTheDataAreShown()
{
    m_fixture->choose("normalization", "exact");
    auto* text = m_fixture->child<QLabel>("pixelStatistics");
    QVERIFY(text->isVisible());
    QTRY_VERIFY2(text->text().startsWith(QStringLiteral("Mean about 0.1")), qPrintable(text->text()));
    m_fixture->choose("normalization", "own");
    QVERIFY(!text->isVisible());
    m_fixture->type("standardDeviation", QStringLiteral("0"));
    QVERIFY(m_fixture->errorAt("standardDeviation").contains(QStringLiteral("0.001")));
}

QTEST_MAIN(TestFormNetwork)
#include "tst_formnetwork.moc"
