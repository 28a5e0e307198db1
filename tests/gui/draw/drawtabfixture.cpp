#include "tests/gui/draw/drawtabfixture.h"

#include <QApplication>
#include <QFile>
#include <QMouseEvent>

namespace digitpad::test {

void DrawTabFixture::forgetEngine()
{
    qputenv("DIGITPAD_ENGINE", "/nonexistent"); // The models of this test need none.
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
}

void DrawTabFixture::makeTab()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_recognizer = std::make_unique<Recognizer>();
    m_model = std::make_shared<FakeModel>();
    m_digits = std::make_unique<MyDigits>(file("my-digits.jsonl"));
    m_tab = std::make_unique<DrawTab>(m_recognizer.get(), m_digits.get());
    m_tab->resize(960, 640);
    m_tab->show();
    QVERIFY(QTest::qWaitForWindowActive(m_tab.get()));
    m_tab->focusPad();
}

void DrawTabFixture::removeTab()
{
    m_tab.reset();
    m_digits.reset();
    m_recognizer.reset();
}

void DrawTabFixture::useModel()
{
    m_recognizer->start();
    QTRY_COMPARE(m_recognizer->state(), Recognizer::State::Failed);
    m_recognizer->useModel(m_model, QStringLiteral("Test model"));
    QTRY_COMPARE(m_recognizer->state(), Recognizer::State::Ready);
}

void DrawTabFixture::drawUprightLine()
{
    const QRect pad = canvas()->padRect();
    const auto at = [&](double y) { return pad.topLeft() + QPoint(pad.width() / 2, int(y * pad.height())); };
    QTest::mousePress(canvas(), Qt::LeftButton, {}, at(0.3));
    QTest::mouseMove(canvas(), at(0.5));
    QTest::mouseRelease(canvas(), Qt::LeftButton, {}, at(0.7));
}

void DrawTabFixture::drawLine(double y)
{
    const QRect pad = canvas()->padRect();
    const auto at = [&](double x) {
        return pad.topLeft() + QPoint(int(x * pad.width()), int(y / 1000 * pad.width()));
    };
    QTest::mousePress(canvas(), Qt::LeftButton, {}, at(0.3));
    for (double x = 0.35; x < 0.7; x += 0.05) {
        QMouseEvent move(QEvent::MouseMove, at(x), canvas()->mapToGlobal(QPointF(at(x))), Qt::NoButton,
                         Qt::LeftButton, {});
        QApplication::sendEvent(canvas(), &move);
    }
    QTest::mouseRelease(canvas(), Qt::LeftButton, {}, at(0.7));
}

void DrawTabFixture::write(const QString& path, const QByteArray& bytes)
{
    QFile out(path);
    QVERIFY(out.open(QIODevice::WriteOnly));
    QCOMPARE(out.write(bytes), bytes.size());
}

} // namespace digitpad::test
