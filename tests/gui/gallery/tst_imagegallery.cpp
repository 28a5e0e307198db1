#include "tests/gui/gallery/manyitems.h"
#include "ui/gallery/imagegallery.h"

#include <QApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStyleFactory>
#include <QTest>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <cstdlib>
#include <memory>

using namespace digitpad;

class ImageGalleryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void paintsOnlyWhatIsInSight();
    void scrollingAsksForNewRowsOnly();
    void aLargeViewFillsFrameByFrame();
    void arrowsGoThroughTheCells();
    void pagesAndEnds();
    void shiftExtendsAndControlMoves();
    void clicksSelect();
    void rubberBandSelects();
    void bandPulledOverTheEdgeScrolls();
    void zoomKeepsTheCurrentInPlace();
    void controlWheelZooms();
    void activatesByKeyAndDoubleClick();
    void otherKeysGoToTheParent();
    void menuSelectsWhatIsBeneath();
    void resetForgetsTheSelection();
    void itemsMayGo();
    void emptyGalleryTakesAnyInput();
    void resizingKeepsThePlace();
    void badgesAndSelectionAreSeen();
    void describesTheCurrent();

private:
    [[nodiscard]] QWidget* viewport() const { return m_gallery->viewport(); }
    void click(int index, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(viewport(), Qt::LeftButton, modifiers, m_gallery->cellRect(index).center());
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(m_gallery, key, modifiers);
    }
    [[nodiscard]] int columns() const
    {
        int count = 1;
        while (m_gallery->cellRect(count).top() == m_gallery->cellRect(0).top()) {
            ++count;
        }
        return count;
    }

    std::unique_ptr<QWidget> m_parent;
    ImageGallery* m_gallery = nullptr;
    std::unique_ptr<test::ManyItems> m_items;
};

/// Counts the keys that come through.
class KeyCounter : public QWidget
{
public:
    int keys = 0;

protected:
    void keyPressEvent(QKeyEvent*) override { ++keys; }
};

void ImageGalleryTest::initTestCase()
{
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
}

void ImageGalleryTest::init()
{
    m_parent = std::make_unique<KeyCounter>();
    m_gallery = new ImageGallery(m_parent.get());
    auto* layout = new QVBoxLayout(m_parent.get());
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_gallery);
    m_items = std::make_unique<test::ManyItems>(60'000);
    m_gallery->setItems(m_items.get());
    m_parent->resize(640, 480);
    m_parent->show();
    m_gallery->setFocus();
    QVERIFY(QTest::qWaitForWindowActive(m_parent.get()));
}

void ImageGalleryTest::cleanup()
{
    m_parent.reset();
    m_items.reset();
}

void ImageGalleryTest::paintsOnlyWhatIsInSight()
{
    m_items->asked = 0;
    viewport()->grab();
    const int rows = viewport()->height() / m_gallery->cellRect(0).height() + 1;
    QVERIFY(m_items->asked > 0);
    QVERIFY2(m_items->asked <= rows * columns(), qPrintable(QString::number(m_items->asked)));
}

void ImageGalleryTest::scrollingAsksForNewRowsOnly()
{
    QTRY_VERIFY(m_items->asked > 0);
    QCoreApplication::processEvents();
    m_items->asked = 0;
    const int step = m_gallery->cellRect(0).height();
    m_gallery->verticalScrollBar()->setValue(10 * step);
    QTRY_VERIFY(m_items->asked > 0);
    QCoreApplication::processEvents();
    m_items->asked = 0;
    m_gallery->verticalScrollBar()->setValue(11 * step);
    QTRY_VERIFY(m_items->asked > 0);
    QCoreApplication::processEvents();
    QVERIFY2(m_items->asked <= 3 * columns(), qPrintable(QString::number(m_items->asked)));
}

void ImageGalleryTest::aLargeViewFillsFrameByFrame()
{
    m_gallery->setZoom(static_cast<int>(ImageGallery::zoomSides().size()) - 1);
    m_parent->resize(3000, 1800);
    QCoreApplication::processEvents();
    m_gallery->verticalScrollBar()->setValue(50 * m_gallery->cellRect(0).height());
    const int last = m_gallery->indexAt(viewport()->rect().bottomRight() - QPoint(90, 90));
    QVERIFY(last > 0);
    const int ground = m_gallery->palette().color(QPalette::Base).lightness();
    const auto drawn = [&](int index) {
        const int side = ImageGallery::zoomSides().back();
        const QRect middle(m_gallery->cellRect(index).center() - QPoint(side / 4, side / 4),
                           QSize(side, side) / 2);
        const QImage picture = viewport()->grab().toImage().copy(middle.intersected(viewport()->rect()));
        for (int y = 0; y < picture.height(); ++y) {
            for (int x = 0; x < picture.width(); ++x) {
                if (std::abs(picture.pixelColor(x, y).lightness() - ground) > 100) {
                    return true;
                }
            }
        }
        return false;
    };
    QVERIFY(!drawn(last)); // Not in the first frame; the first pictures are.
    QVERIFY(drawn(m_gallery->indexAt(QPoint(90, 90))));
    QTRY_VERIFY(drawn(last));
}

void ImageGalleryTest::arrowsGoThroughTheCells()
{
    const int row = columns();
    press(Qt::Key_Right); // The first key goes to what is in sight.
    QCOMPARE(m_gallery->current(), 0);
    press(Qt::Key_Right);
    QCOMPARE(m_gallery->current(), 1);
    press(Qt::Key_Down);
    QCOMPARE(m_gallery->current(), 1 + row);
    QCOMPARE(m_gallery->selected(), (std::vector<int>{1 + row}));
    press(Qt::Key_Left);
    press(Qt::Key_Up);
    QCOMPARE(m_gallery->current(), 0);
    press(Qt::Key_Up);
    press(Qt::Key_Left);
    QCOMPARE(m_gallery->current(), 0);
}

void ImageGalleryTest::pagesAndEnds()
{
    m_gallery->setCurrent(0);
    press(Qt::Key_End);
    QCOMPARE(m_gallery->current(), 59'999);
    QVERIFY(viewport()->rect().contains(m_gallery->cellRect(59'999)));
    press(Qt::Key_Down);
    press(Qt::Key_Right);
    press(Qt::Key_PageDown);
    QCOMPARE(m_gallery->current(), 59'999);
    press(Qt::Key_PageUp);
    QVERIFY(m_gallery->current() < 59'999 - columns());
    press(Qt::Key_Home);
    QCOMPARE(m_gallery->current(), 0);
    QCOMPARE(m_gallery->verticalScrollBar()->value(), 0);
    press(Qt::Key_PageDown);
    QVERIFY(m_gallery->current() > 0 && m_gallery->current() % columns() == 0);
    QVERIFY(viewport()->rect().contains(m_gallery->cellRect(m_gallery->current())));
}

void ImageGalleryTest::shiftExtendsAndControlMoves()
{
    QSignalSpy selection(m_gallery, &ImageGallery::selectionChanged);
    m_gallery->setCurrent(5);
    press(Qt::Key_Right, Qt::ShiftModifier);
    press(Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(m_gallery->selected(), (std::vector<int>{5, 6, 7}));
    press(Qt::Key_Right, Qt::ControlModifier);
    QCOMPARE(m_gallery->selectedCount(), 3);
    QCOMPARE(m_gallery->current(), 8);
    press(Qt::Key_Space);
    QCOMPARE(m_gallery->selected(), (std::vector<int>{5, 6, 7, 8}));
    press(Qt::Key_Space);
    QCOMPARE(m_gallery->selectedCount(), 3);
    press(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(m_gallery->selectedCount(), 60'000);
    QVERIFY(selection.count() >= 6);
}

void ImageGalleryTest::clicksSelect()
{
    QSignalSpy current(m_gallery, &ImageGallery::currentChanged);
    click(3);
    QCOMPARE(m_gallery->selected(), (std::vector<int>{3}));
    QCOMPARE(current.last().first().toInt(), 3);
    click(6, Qt::ShiftModifier);
    QCOMPARE(m_gallery->selected(), (std::vector<int>{3, 4, 5, 6}));
    click(4, Qt::ControlModifier);
    QCOMPARE(m_gallery->selected(), (std::vector<int>{3, 5, 6}));
    click(0);
    QCOMPARE(m_gallery->selected(), (std::vector<int>{0}));
    m_items->setCount(3);
    click(1);
    QTest::mouseClick(viewport(), Qt::LeftButton, {}, m_gallery->cellRect(0).center() + QPoint(0, 300));
    QCOMPARE(m_gallery->selectedCount(), 0);
}

void ImageGalleryTest::rubberBandSelects()
{
    const QPoint from = m_gallery->cellRect(1).center();
    const QPoint to = m_gallery->cellRect(columns() + 2).center();
    QTest::mousePress(viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(viewport(), (from + to) / 2);
    QTest::mouseMove(viewport(), to);
    QCOMPARE(m_gallery->selected(), (std::vector<int>{1, 2, columns() + 1, columns() + 2}));
    QTest::mouseRelease(viewport(), Qt::LeftButton, {}, to);
    QCOMPARE(m_gallery->selectedCount(), 4);
    QCOMPARE(m_gallery->current(), columns() + 2);
}

void ImageGalleryTest::bandPulledOverTheEdgeScrolls()
{
    const QPoint from = m_gallery->cellRect(0).center();
    QTest::mousePress(viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(viewport(), from + QPoint(50, 50));
    QTest::mouseMove(viewport(), QPoint(from.x() + 50, viewport()->height() + 60));
    QTRY_VERIFY(m_gallery->verticalScrollBar()->value() > viewport()->height());
    QTest::mouseRelease(viewport(), Qt::LeftButton, {}, from);
    QVERIFY(m_gallery->selectedCount() > 2 * viewport()->height() / m_gallery->cellRect(0).height());
    const int stopped = m_gallery->verticalScrollBar()->value();
    QTest::qWait(50);
    QCOMPARE(m_gallery->verticalScrollBar()->value(), stopped);
}

void ImageGalleryTest::zoomKeepsTheCurrentInPlace()
{
    m_gallery->setCurrent(30'000);
    const int before = m_gallery->cellRect(30'000).center().y();
    press(Qt::Key_Plus, Qt::ControlModifier);
    QCOMPARE(m_gallery->zoom(), 3);
    QVERIFY(qAbs(m_gallery->cellRect(30'000).center().y() - before) <= 2);
    press(Qt::Key_Minus, Qt::ControlModifier);
    press(Qt::Key_Minus, Qt::ControlModifier);
    QCOMPARE(m_gallery->zoom(), 1);
    QVERIFY(qAbs(m_gallery->cellRect(30'000).center().y() - before) <= 2);
    for (int i = 0; i < 9; ++i) {
        press(Qt::Key_Minus, Qt::ControlModifier);
    }
    QCOMPARE(m_gallery->zoom(), 0);
    press(Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(m_gallery->zoom(), 2);
}

void ImageGalleryTest::controlWheelZooms()
{
    const auto turn = [this](int delta, Qt::KeyboardModifiers modifiers) {
        const QPointF place = viewport()->rect().center();
        QWheelEvent event(place, viewport()->mapToGlobal(place), {}, {0, delta}, Qt::NoButton, modifiers,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(viewport(), &event);
    };
    turn(120, Qt::ControlModifier);
    QCOMPARE(m_gallery->zoom(), 3);
    turn(-60, Qt::ControlModifier); // Half a click of a fine wheel.
    QCOMPARE(m_gallery->zoom(), 3);
    turn(-60, Qt::ControlModifier);
    QCOMPARE(m_gallery->zoom(), 2);
    QCOMPARE(m_gallery->verticalScrollBar()->value(), 0);
    turn(-120, {});
    QVERIFY(m_gallery->verticalScrollBar()->value() > 0);
}

void ImageGalleryTest::activatesByKeyAndDoubleClick()
{
    QSignalSpy activated(m_gallery, &ImageGallery::activated);
    press(Qt::Key_Return);
    QCOMPARE(activated.count(), 0);
    m_gallery->setCurrent(7);
    press(Qt::Key_Return);
    QCOMPARE(activated.count(), 1);
    QTest::mouseDClick(viewport(), Qt::LeftButton, {}, m_gallery->cellRect(2).center());
    QCOMPARE(activated.count(), 2);
    QCOMPARE(activated.last().first().toInt(), 2);
}

void ImageGalleryTest::otherKeysGoToTheParent()
{
    press(Qt::Key_7);
    press(Qt::Key_Delete);
    QCOMPARE(static_cast<KeyCounter*>(m_parent.get())->keys, 2);
}

void ImageGalleryTest::menuSelectsWhatIsBeneath()
{
    QSignalSpy menu(m_gallery, &ImageGallery::menuRequested);
    const auto ask = [this](int index) {
        const QPoint place = m_gallery->cellRect(index).center();
        QTest::mouseClick(viewport(), Qt::RightButton, {}, place);
        QContextMenuEvent event(QContextMenuEvent::Mouse, place, viewport()->mapToGlobal(place));
        QCoreApplication::sendEvent(viewport(), &event);
    };
    ask(4);
    QCOMPARE(m_gallery->selected(), (std::vector<int>{4}));
    QCOMPARE(menu.last().first().toInt(), 4);
    m_gallery->select({1, 2});
    ask(2);
    QCOMPARE(m_gallery->selected(), (std::vector<int>{1, 2}));
}

void ImageGalleryTest::resetForgetsTheSelection()
{
    m_gallery->setCurrent(59'000);
    QSignalSpy current(m_gallery, &ImageGallery::currentChanged);
    QSignalSpy selection(m_gallery, &ImageGallery::selectionChanged);
    m_items->setCount(12);
    QCOMPARE(m_gallery->current(), -1);
    QCOMPARE(m_gallery->selectedCount(), 0);
    QCOMPARE(current.count(), 1);
    QCOMPARE(selection.count(), 1);
    QCOMPARE(m_gallery->verticalScrollBar()->value(), 0);
}

void ImageGalleryTest::itemsMayGo()
{
    m_gallery->setCurrent(5);
    m_items.reset();
    QCOMPARE(m_gallery->items(), nullptr);
    QCOMPARE(m_gallery->current(), -1);
    viewport()->grab();
    click(0);
    press(Qt::Key_End);
    QCOMPARE(m_gallery->current(), -1);
}

void ImageGalleryTest::emptyGalleryTakesAnyInput()
{
    m_items->setCount(0);
    for (const auto key :
         {Qt::Key_Home, Qt::Key_End, Qt::Key_Down, Qt::Key_PageDown, Qt::Key_Space, Qt::Key_Return}) {
        press(key);
    }
    press(Qt::Key_A, Qt::ControlModifier);
    QTest::mouseClick(viewport(), Qt::LeftButton, {}, QPoint(20, 20));
    QCOMPARE(m_gallery->current(), -1);
    QCOMPARE(m_gallery->selectedCount(), 0);
}

void ImageGalleryTest::resizingKeepsThePlace()
{
    m_gallery->scrollTo(30'000);
    const int first = m_gallery->indexAt({0, 0});
    m_parent->resize(420, 480);
    QCoreApplication::processEvents();
    QVERIFY(columns() < 9);
    QVERIFY(viewport()->rect().intersects(m_gallery->cellRect(first)));
}

void ImageGalleryTest::badgesAndSelectionAreSeen()
{
    const auto shot = [this] { return viewport()->grab().toImage(); };
    const QImage plain = shot();
    m_items->setBadge(QStringLiteral("1"));
    const QImage badged = shot();
    QVERIFY(plain != badged);
    m_gallery->select({3});
    QVERIFY(shot() != badged);
    m_gallery->clearSelection();
    m_gallery->setZoom(0);
    QVERIFY(!shot().isNull());
}

void ImageGalleryTest::describesTheCurrent()
{
    m_gallery->setCurrent(42);
    QCOMPARE(m_gallery->accessibleDescription(), QStringLiteral("Picture 42"));
}

QTEST_MAIN(ImageGalleryTest)
#include "tst_imagegallery.moc"
