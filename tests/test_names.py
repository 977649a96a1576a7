"""Printed lists of authors and the people in them."""

from __future__ import annotations

import pytest

from scrapers import names
from scrapers.publisher import Publisher

OUTLET = Publisher(["Harbour Times", "@harbourtimes"], "https://www.harbourtimes.example/1")


@pytest.mark.parametrize(
    ("printed", "people"),
    [
        # announcements
        ("By Ana Berg", ["Ana Berg"]),
        ("by ANA BERG and JO VAN DEN BROEK", ["Ana Berg", "Jo van den Broek"]),
        ("Von Uta Kranz und Ole Brink", ["Uta Kranz", "Ole Brink"]),
        ("Ein Kommentar von Uta Kranz", ["Uta Kranz"]),
        ("Par : Norbert", ["Norbert"]),
        ("Propos recueillis par Zoé Lambin", ["Zoé Lambin"]),
        ("Por Inés Duarte y Tomás Rivas", ["Inés Duarte", "Tomás Rivas"]),
        ("di Carla Renzi e Piero Valli", ["Carla Renzi", "Piero Valli"]),
        ("Door Sanne de Wit", ["Sanne de Wit"]),
        ("Tekst: Kari Lunde", ["Kari Lunde"]),
        ("Автор: Мария Орлова и Иван Седов", ["Мария Орлова", "Иван Седов"]),
        ("文／林安", ["林安"]),
        ("记者：王海 ", ["王海"]),
        ("本报记者 王海", ["王海"]),
        ("作者：王海、李岸", ["王海", "李岸"]),
        ("(记者 王海)", ["王海"]),
        ("本报记者 王海 李岸", ["王海", "李岸"]),
        ("山田 太郎", ["山田 太郎"]),
        ("〔記者王小安／台北報導〕", ["王小安"]),
        ("dalla nostra inviata Carla Renzi", ["Carla Renzi"]),
        ("Von unserer Redakteurin Uta Kranz", ["Uta Kranz"]),
        ("Tekst: Kari Lunde Foto: Ole Brink", ["Kari Lunde"]),
        ("Mehr von Uta Kranz", ["Uta Kranz"]),
        ("문하늘 기자 sky@harbour.example", ["문하늘"]),
        ("12 March 2024, 8:15 by Ana Berg", ["Ana Berg"]),
        ("05.06.2025 um 14:46 von Uta Kranz", ["Uta Kranz"]),
        # separators and order
        ("Ana Berg, Jo Li & Ole Brink", ["Ana Berg", "Jo Li", "Ole Brink"]),
        ("Ana Berg | Jo Li • Ole Brink", ["Ana Berg", "Jo Li", "Ole Brink"]),
        ("Berg, Ana", ["Ana Berg"]),
        ("Berg, Ana; Li, Jo M.", ["Ana Berg", "Jo M. Li"]),
        ("Ana Berg, Ana Berg", ["Ana Berg"]),
        ("Mary Ann McAllister", ["Mary Ann McAllister"]),
        ("SIOBHAN O'REILLY-MCBRIDE", ["Siobhan O'Reilly-Mcbride"]),
        # roles, titles, places, dates, addresses
        ("Ana Berg, Senior Political Correspondent", ["Ana Berg"]),
        ("Ana Berg Travel Reporter", ["Ana Berg"]),
        ("Ana Berg, Lisbon", ["Ana Berg"]),
        ("Loïc Le Guen", ["Loïc Le Guen"]),
        ("Von Harbour-Reporterin Uta Kranz", ["Uta Kranz"]),
        ("Ana Berg Content Marketing Coordinator", ["Ana Berg"]),
        ("Uta Kranz, Referentin der Hafenstadt", ["Uta Kranz"]),
        ("Ana Iv", ["Ana Iv"]),
        ("Ana Berg in Lisbon", ["Ana Berg"]),
        ("Ana Berg for Harbour Times", ["Ana Berg"]),
        ("Ana Berg (Lisbon)", ["Ana Berg"]),
        ("Dr. med. Uta Kranz", ["Dr. med. Uta Kranz"]),
        ("Mr. Jo Li", ["Jo Li"]),
        ("Ana Berg, MD, PhD", ["Ana Berg"]),
        ("Ana Berg 4 March 2024", ["Ana Berg"]),
        ("Ana Berg March 4, 2024", ["Ana Berg"]),
        ("Ana Berg ana@harbour.example @anaberg", ["Ana Berg"]),
        ("Ana Berg https://harbour.example/ana", ["Ana Berg"]),
        ("Ana Berg is a writer who lives by the sea.", ["Ana Berg"]),
        # nobody
        ("By AFP", []),
        ("Ana Berg, AP Sports Writer", ["Ana Berg"]),
        ("AP Sports", []),
        ("Ana Berg and AFP", ["Ana Berg"]),
        ("Ana Berg, dpa", ["Ana Berg"]),
        ("Harbour Times", []),
        ("By Harbour Times Staff", []),
        ("Staff", []),
        ("Redaktion", []),
        ("La redazione", []),
        ("Sächsische Hafenanstalt", []),
        ("海港新闻网", []),
        ("디지털뉴스팀", []),
        ("Special to Harbour Times", []),
        ("@anaberg", []),
        ("ana.berg@harbour.example", []),
        ("ET", []),
        ("anaberg", []),
        ("Harbourtimes.example", []),
        ("Photo: Ole Brink", []),
        ("Words by Ana Berg; photos by Ole Brink", ["Ana Berg"]),
        ("Edited by Jo Li", []),
        ("4 min read", []),
        ("text: Harbour Times, layout: Ole Brink", []),
        ("by Aurelia · in Feelings", ["Aurelia"]),
        ("Ferries / Lamps / Tides / Weather", []),
        ("Zur Artikelübersicht", []),
        ("View all posts by Ana Berg", ["Ana Berg"]),
        ("", []),
    ],
)
def test_people_of_a_printed_list(printed: str, people: list[str]) -> None:
    assert names.clean([printed], OUTLET) == people
