#pragma once

#include "core/data/mydigits.h"
#include "core/data/syntheticdigits.h"
#include "core/ink/inkfile.h"
#include "core/learning/recognizer.h"
#include "tests/gui/draw/fakemodel.h"
#include "tests/support/longtime.h"
#include "tests/testfiles.h"
#include "ui/data/dataitems.h"
#include "ui/data/datatab.h"
#include "ui/data/gallerypage.h"
#include "ui/gallery/imagegallery.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace digitpad::test {

/// A Data tab in a window, with a folder of its own for everything.
class DataFixture
{
public:
    explicit DataFixture(QSize size = {980, 700})
    {
        QSettings().clear();
        qputenv("DIGITPAD_ENGINE", "/nonexistent");
        m_recognizer = std::make_unique<Recognizer>();
        m_digits = std::make_unique<MyDigits>(path(QStringLiteral("my-digits.jsonl")));
        m_window = std::make_unique<QWidget>();
        m_window->resize(size);
        makeTab();
    }

    void makeTab()
    {
        delete tab;
        tab = new DataTab(m_recognizer.get(), m_digits.get(), {}, m_window.get());
        tab->setGeometry(m_window->rect());
        tab->show();
    }
    void show()
    {
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    /// A model that reads everything as a seven.
    void useModel()
    {
        m_recognizer->start();
        QTRY_COMPARE(m_recognizer->state(), Recognizer::State::Failed); // There is no engine.
        m_recognizer->useModel(std::make_shared<FakeModel>(), QStringLiteral("fake"));
        QTRY_COMPARE(m_recognizer->state(), Recognizer::State::Ready);
    }

    template <class T>
    [[nodiscard]] T* child(const char* name) const
    {
        T* found = tab->findChild<T*>(QLatin1String(name));
        return found;
    }
    [[nodiscard]] ImageGallery* gallery() const { return child<ImageGallery>("dataGallery"); }
    [[nodiscard]] DataItems* items() const { return child<GalleryPage>("galleryPage")->items(); }
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] QWidget* window() const { return m_window.get(); }
    [[nodiscard]] MyDigits* digits() const { return m_digits.get(); }
    [[nodiscard]] Recognizer* recognizer() const { return m_recognizer.get(); }

    static DataSource synthetic(std::size_t count)
    {
        DataSource source;
        source.parts = QStringList{QStringLiteral("synthetic")};
        source.syntheticCount = count;
        return source;
    }
    /// Opens it and waits until it is shown.
    void exploreSynthetic(std::size_t count)
    {
        tab->explore(synthetic(count));
        QTRY_VERIFY_WITH_TIMEOUT(tab->exploredData() && tab->exploredData()->training.images == count,
                                 longTime);
    }
    /// Lines of a collection, a digit each.
    static QByteArray collection(int count, std::uint64_t seed = 3)
    {
        Random random(seed);
        QByteArray lines;
        for (int i = 0; i < count; ++i) {
            const int digit = i % 10;
            lines += toJsonLine({syntheticDigit(digit, random), std::to_string(digit), {}, {}, {}}) + '\n';
        }
        return lines;
    }

    DataTab* tab = nullptr;

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Recognizer> m_recognizer;
    std::unique_ptr<MyDigits> m_digits;
    std::unique_ptr<QWidget> m_window; ///< Owns the tab; goes first.
};

/// What tests of the tab do with it, in short.
class DataTabDriver
{
protected:
    template <class T>
    [[nodiscard]] T* child(const char* name) const
    {
        return m_fixture->child<T>(name);
    }
    [[nodiscard]] bool shown(const char* name) const { return child<QWidget>(name)->isVisible(); }
    void click(const char* name) { QTest::mouseClick(child<QWidget>(name), Qt::LeftButton); }
    void choose(const char* combo, const QString& text)
    {
        auto* box = child<QComboBox>(combo);
        const int index = box->findText(text, Qt::MatchStartsWith);
        QVERIFY2(index >= 0, qPrintable(text));
        box->setCurrentIndex(index);
        Q_EMIT box->activated(index);
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(m_fixture->gallery(), key, modifiers);
    }
    [[nodiscard]] QString text(const char* label) const { return child<QLabel>(label)->text(); }

    std::unique_ptr<DataFixture> m_fixture;
};

} // namespace digitpad::test
